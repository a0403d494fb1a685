/** What this server has taught by refusing, for as long as the provider lives and, given a memory, beyond. */

import { isChatError } from '../../core/error.ts';
import type { Concession, LearnedFacts, Memory } from '../../core/learned.ts';
import type { Notice } from '../../core/notice.ts';
import { readRefusal } from './concession.ts';
import type { Plan } from './plan.ts';
import { readReplayRefusal } from './replay-rule.ts';

export class Lessons {
  readonly #server: string;
  readonly #memory: Memory | undefined;
  /** Here as well as in the memory, which may fail to keep them: a lesson must not be learned in a circle. */
  readonly #facts = new Map<string, LearnedFacts>();

  /** @param server  origin of the base URL */
  constructor(server: string, memory: Memory | undefined) {
    this.#server = server;
    this.#memory = memory;
  }

  of(model = ''): LearnedFacts {
    const known = this.#facts.get(model) ?? this.#memory?.recall(this.#server, model) ?? {};
    this.#facts.set(model, known);
    return known;
  }

  /** Only what has proven right: a request that was accepted with these facts worked in. */
  keep(model = '', facts: LearnedFacts): void {
    this.#facts.set(model, facts);
    this.#memory?.learn(this.#server, model, facts);
  }
}

export function withLesson(earlier: LearnedFacts, lesson: LearnedFacts): LearnedFacts {
  const fresh = (lesson.concessions ?? []).filter((next) => !isSpent(next, earlier));
  const concessions = [...(earlier.concessions ?? []), ...fresh];
  return { ...earlier, ...lesson, ...(concessions.length > 0 && { concessions }) };
}

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

/** What to do otherwise next time; undefined when the refusal stands. */
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

/** Refused before, or neither of two names for one thing is taken: there is nothing left to try. */
function isSpent({ field, renamedTo }: Concession, { concessions = [] }: LearnedFacts): boolean {
  return concessions.some(
    (earlier) => earlier.field === renamedTo || (earlier.field === field && earlier.renamedTo === renamedTo),
  );
}
