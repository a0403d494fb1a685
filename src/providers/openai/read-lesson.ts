/** What one refusal teaches: what to do otherwise the next time. */

import { isChatError } from '../../core/error.ts';
import type { LearnedFacts } from '../../core/learned.ts';
import type { Notice } from '../../core/notice.ts';
import { isSpent } from '../lessons.ts';
import { readRefusal } from './concession.ts';
import type { Plan } from './plan.ts';
import { readReplayRefusal } from './replay-rule.ts';

export interface Lesson {
  readonly facts: LearnedFacts;
  readonly notice: Notice;
}

export interface Refused {
  readonly plan: Plan;
  /** All that was known when it was sent. */
  readonly known: LearnedFacts;
  /** What was learned from earlier refusals of this same request. */
  readonly learned: LearnedFacts;
  /** Fields the person set by hand. */
  readonly kept: readonly string[];
}

/** undefined when the refusal stands. */
export function readLesson(error: unknown, { plan, known, learned, kept }: Refused): Lesson | undefined {
  if (!isChatError(error) || error.fault.kind !== 'server') return undefined;
  const { fault } = error;

  // Once a request: a server that wants it neither way is not asked for ever.
  const { reasoningReplay: rule } = plan.dialect;
  const reasoningReplay = learned.reasoningReplay === undefined ? readReplayRefusal(fault, plan.body, rule) : undefined;
  if (reasoningReplay !== undefined) {
    const how = reasoningReplay === 'none' ? 'without' : 'with';
    const text = `${fault.target} wants the conversation ${how} the earlier reasoning; asking so.`;
    return { facts: { reasoningReplay }, notice: { level: 'info', code: 'retrying', text } };
  }

  const refusal = readRefusal(fault, plan.body, kept);
  if (refusal === undefined || refusal.concessions.every((next) => isSpent(next, known))) return undefined;
  return { facts: { concessions: refusal.concessions }, notice: refusal.notice };
}
