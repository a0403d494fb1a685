/** `-o json`: one object when the turn is over, also after a failure. */

import type { ToolCall, Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { AnswerMode, FormatAttempt } from '../core/response-format.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { safeJsonText } from '../terminal/json.ts';
import { safe } from '../terminal/safe.ts';
import type { Activity } from './activity.ts';
import { describeError, type ErrorReport } from './error-report.ts';
import { reportOf } from './explain.ts';
import type { Output } from './output.ts';
import type { RunFacts } from './run-facts.ts';
import { jsonTextWithValue, structuredValue } from './value.ts';

/**
 * The shape of the one object; with a schema it has a last field `json`, the value as the model wrote it.
 * `usage` is empty where the server said nothing.
 */
export interface JsonReport {
  readonly conversation: string;
  readonly profile: string;
  readonly model: string | null;
  /** The text of the last answer. */
  readonly text: string;
  readonly reasoning?: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage;
  /** How the last answer ended; null when there was none. */
  readonly finish: string | null;
  readonly outcome: TurnOutcome['kind'];
  /** How a structured answer was obtained; see FormatReport. */
  readonly schemaMode?: AnswerMode;
  readonly schemaChanges?: readonly string[];
  readonly schemaAttempts?: readonly FormatAttempt[];
  /** Why a tool that had to be called counts as failed, in words. */
  readonly toolFailure?: string;
  readonly error?: ErrorReport;
}

export async function printJson(
  events: AsyncIterable<TurnEvent>,
  { out, activity, facts }: { readonly out: Output; readonly activity: Activity; readonly facts: RunFacts },
): Promise<TurnOutcome> {
  let text = '';
  let reasoning = '';
  let finish: string | null = null;
  let model: string | null = facts.model ?? null;
  const toolCalls: ToolCall[] = [];

  for await (const event of events) {
    await activity.show(event);
    if (event.type === 'message' && event.message.message.role === 'assistant') {
      const { message } = event.message;
      text = message.text;
      reasoning += message.reasoning ?? '';
      finish = message.ending;
      model = message.model ?? model;
      toolCalls.push(...message.toolCalls);
    }
    if (event.type === 'turn-end') {
      const { outcome } = event;
      const { conversation, profile } = facts;
      const report: JsonReport = {
        conversation,
        profile,
        model,
        text,
        ...optional('reasoning', reasoning === '' ? undefined : reasoning),
        toolCalls,
        usage: event.usage,
        finish,
        outcome: outcome.kind,
        ...schemaFields(outcome),
        ...optional('toolFailure', outcome.kind === 'done' ? outcome.toolFailure : undefined),
        ...optional('error', outcome.kind === 'failed' ? describeError(outcome.error) : undefined),
      };
      await out.write(safe`${safeJsonText(jsonTextWithValue(report, structuredValue(outcome)))}\n`);
      return outcome;
    }
  }
  throw new Error('the turn ended without turn-end');
}

function schemaFields(outcome: TurnOutcome): Pick<JsonReport, 'schemaMode' | 'schemaChanges' | 'schemaAttempts'> {
  const report = reportOf(outcome);
  if (report === undefined) return {};
  return { schemaMode: report.mode, schemaChanges: report.changes, schemaAttempts: report.attempts };
}
