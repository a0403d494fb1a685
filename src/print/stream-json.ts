/** `-o stream-json`: one event a line. Consumers may rely on `version`; new event types may be added within it. */

import { optional } from '../core/optional.ts';
import type { TurnEndEvent, TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { safeJson, safeJsonText } from '../terminal/json.ts';
import { safe } from '../terminal/safe.ts';
import type { Activity } from './activity.ts';
import { describeError } from './error-report.ts';
import { reportOf } from './explain.ts';
import type { Output } from './output.ts';
import type { RunFacts } from './run-facts.ts';
import { jsonTextWithValue, structuredValue } from './value.ts';

export const streamJsonVersion = 1;

export async function printStreamJson(
  events: AsyncIterable<TurnEvent>,
  { out, activity, facts }: { readonly out: Output; readonly activity: Activity; readonly facts: RunFacts },
): Promise<TurnOutcome> {
  const line = (value: object): void | Promise<void> => out.write(safe`${safeJson(value)}\n`);
  let finish: string | null = null;

  await line({ type: 'start', version: streamJsonVersion, ...facts, model: facts.model ?? null });
  for await (const event of events) {
    await activity.show(event);
    if (event.type === 'turn-end') {
      const end = jsonTextWithValue(toEndLine(event, finish), structuredValue(event.outcome));
      await out.write(safe`${safeJsonText(end)}\n`);
      return event.outcome;
    }
    if (event.type === 'item') {
      await out.write(safe`${safeJsonText(jsonTextWithValue({ type: 'item' }, event.json))}\n`);
      continue;
    }
    if (event.type === 'message' && event.message.message.role === 'assistant') finish = event.message.message.ending;
    // A question is for a person, and holds a function.
    if (event.type !== 'approval') await line(event);
  }
  throw new Error('the turn ended without turn-end');
}

function toEndLine({ outcome, usage }: TurnEndEvent, finish: string | null): object {
  const report = reportOf(outcome);
  const head = { type: 'end', outcome: outcome.kind, finish, usage, ...optional('schemaMode', report?.mode) };
  if (outcome.kind === 'failed') return { ...head, error: describeError(outcome.error) };
  return outcome.kind === 'done' ? { ...head, ...optional('toolFailure', outcome.toolFailure) } : head;
}
