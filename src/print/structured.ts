/** The front end of a structured answer: the one value it comes to, or its elements one by one, or nothing. */

import { type JsonNode, readJson } from '../core/json-node.ts';
import type { StructuredResult, TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { safeJsonText } from '../terminal/json.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { Activity } from './activity.ts';
import type { Output } from './output.ts';
import { structuredResult } from './value.ts';

export interface PrintStructuredOptions {
  readonly out: Output;
  /** Gets the text of an answer that came to no value: nothing that was received is lost. */
  readonly err: Output;
  readonly activity: Activity;
  /** `--stream-items`: the elements as they come, one JSON line each, and no value at the end. */
  readonly items: boolean;
  /** The text of a checked JSON value, with its last newline. */
  readonly form: (node: JsonNode) => SafeText | Promise<SafeText>;
}

export async function printStructured(
  events: AsyncIterable<TurnEvent>,
  { out, err, activity, items, form }: PrintStructuredOptions,
): Promise<TurnOutcome> {
  let unused = '';
  for await (const event of events) {
    await activity.show(event);
    if (event.type === 'item') await out.write(safe`${safeJsonText(event.json)}\n`);
    if (event.type === 'message' && event.message.message.role === 'assistant') unused = event.message.message.text;
    if (event.type !== 'turn-end') continue;
    const { outcome } = event;
    const result = structuredResult(outcome);
    if (result === undefined && unused.trim() !== '') await err.write(safe`${sanitize(unused.trimEnd())}\n`);
    if (result?.text !== undefined && !items) await out.write(await toText(result.kind, result.text, form));
    return outcome;
  }
  throw new Error('the turn ended without turn-end');
}

async function toText(
  kind: StructuredResult['kind'],
  text: string,
  form: PrintStructuredOptions['form'],
): Promise<SafeText> {
  if (kind !== 'json-schema') return safe`${sanitize(text)}\n`;
  const read = readJson(text);
  if (!read.ok) throw new Error(`a checked value is no JSON: ${read.problem}`);
  return form(read.node);
}
