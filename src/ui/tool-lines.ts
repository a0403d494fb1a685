/** Tool calls in the transcript: each one line, and on demand with everything that went in and came out. */

import { printJson, readJson } from '../core/json-node.ts';
import type { ToolCall } from '../core/message.ts';
import type { ToolEndEvent } from '../core/turn-event.ts';
import { describeArguments } from '../terminal/proposed-call.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth, wrapText } from '../terminal/width.ts';
import type { Look } from './look.ts';
import type { Passage } from './state.ts';

/** A call that has ended. */
export interface EndedCall {
  readonly call: ToolCall;
  readonly end: ToolEndEvent;
}

/** `get_time Seoul`: the call in few words. The arguments are the model's raw text and need not be JSON. */
export function describeCall(call: ToolCall): SafeText {
  return sanitizeLine(`${call.name} ${inShort(call.arguments)}`.slice(0, 500).trimEnd());
}

/** In UTF-16 units; a longer text is shortened as it is. */
const longestRead = 20_000;

/** The values of a JSON object without its keys; anything else as it is. */
function inShort(text: string): string {
  const read = text.length > longestRead ? undefined : readJson(text);
  if (!read?.ok || read.node.kind !== 'object') return text;
  return [...read.node.members.values()]
    .map((value) => (value.kind === 'string' ? value.value : printJson(value)))
    .join(', ');
}

/** How a call ended; without its time when it is read back. */
export type CallEnd = Pick<ToolEndEvent, 'name' | 'outcome' | 'text'> & { readonly elapsedMs?: number };

/** `* get_time Seoul ... 09:03 KST (0.1 s)` on one line. */
export function toolPassage(label: SafeText, event: CallEnd, { columns, theme }: Look): Passage {
  const { elapsedMs } = event;
  const time = elapsedMs === undefined ? safe`` : safe` (${Number((elapsedMs / 1000).toFixed(1))} s)`;
  const result = outcomeWords(event, sanitizeLine(inShort(withoutName(event)).slice(0, 1000).trim()));
  const head = truncateToWidth(label, Math.max(8, Math.floor(columns / 2) - 2));
  const room = columns - 2 - displayWidth(head) - 5 - displayWidth(time);
  const shown = truncateToWidth(result, Math.max(4, room));
  const line = safe`* ${nameFirst(head, theme.toolName)} ... ${event.outcome === 'ok' ? shown : theme.error(shown)}${theme.dim(time)}`;
  return { apart: false, lines: wrapText(line, columns) };
}

/** For the model the text says whose failure it is; here the name stands at the head of the line. */
function withoutName({ outcome, name, text }: CallEnd): string {
  if (outcome === 'error') return text.replace(`${name} failed: `, '');
  return outcome === 'denied' ? text.replace(`${name} was not run: `, '').replace(/\.$/, '') : text;
}

function outcomeWords({ outcome }: CallEnd, said: SafeText): SafeText {
  switch (outcome) {
    case 'ok':
      return said === '' ? safe`done` : said;
    case 'error':
      return safe`failed: ${said}`;
    case 'denied':
      return said === '' ? safe`denied` : safe`denied: ${said}`;
    case 'cancelled':
      return safe`cancelled`;
    default:
      return outcome satisfies never;
  }
}

function nameFirst(label: SafeText, style: (text: SafeText) => SafeText): SafeText {
  const [name = safe``, ...rest] = label.split(' ').map(sanitizeLine);
  return joinSafe([style(name), ...rest], safe` `);
}

/** The arguments and the result, below the line of the call. */
export function detailsPassage({ call, end }: EndedCall, { columns, theme }: Look): Passage {
  const room = Math.max(1, columns - 4);
  const lines = [
    safe`  arguments:`,
    ...inside(call.arguments === '' ? [] : describeArguments(call.arguments, columns - 2)).map(
      (line) => safe`  ${line}`,
    ),
    safe`  result:`,
    ...inside(end.text === '' ? [] : wrapText(sanitize(end.text), room)).map((line) => safe`    ${line}`),
  ];
  return { apart: false, lines: lines.map(theme.dim) };
}

/** The line of each call and its details: what stands in the scrollback cannot be opened, so it is printed again. */
export function callPassages(calls: readonly EndedCall[], look: Look): readonly Passage[] {
  return calls.flatMap((ended) => [
    { ...toolPassage(describeCall(ended.call), ended.end, look), apart: true },
    detailsPassage(ended, look),
  ]);
}

/** Of a text that has more lines, its head and its tail are printed. */
const mostLines = 60;
const tailLines = 15;

function inside(lines: readonly SafeText[]): readonly SafeText[] {
  if (lines.length === 0) return [safe`(none)`];
  if (lines.length <= mostLines) return lines;
  const hidden = lines.length - mostLines + 1;
  const note = safe`... ${hidden} lines between are not shown ...`;
  return [...lines.slice(0, mostLines - tailLines - 1), note, ...lines.slice(-tailLines)];
}
