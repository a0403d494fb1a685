/**
 * The lines of the conversation that are not the answer itself. Each kind has a sign besides its colour. The signs
 * are ASCII: others are two cells wide in many Korean and Chinese terminals, and a line would break.
 */

import type { ChatError } from '../core/error.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import type { FinishReason, ToolCall } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import type { ToolEndEvent } from '../core/turn-event.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth, wrapText } from '../terminal/width.ts';
import type { Look } from './look.ts';
import type { Passage } from './state.ts';

/** The mark before what the person writes, in the prompt and in the transcript. */
export const userMark = safe`> `;

export function userPassage(text: string, { columns, theme }: Look): Passage {
  return { apart: true, lines: hang(userMark, sanitize(text), columns).map(theme.user) };
}

export function noticePassage({ level, text }: Pick<Notice, 'level' | 'text'>, { columns, theme }: Look): Passage {
  const style = level === 'warning' ? theme.warning : theme.dim;
  return { apart: false, lines: hang(level === 'warning' ? safe`! ` : safe`- `, sanitize(text), columns).map(style) };
}

export function errorPassage(error: ChatError, { columns, theme }: Look): Passage {
  return { apart: true, lines: hang(safe`error: `, sanitize(error.message), columns).map(theme.error) };
}

/** Our own answers to commands; what comes from outside in them is made safe here. */
export function plainPassage(lines: readonly string[], { columns }: Look): Passage {
  return { apart: true, lines: lines.flatMap((line) => wrapText(sanitize(line), columns)) };
}

/** Two columns, or one above the other where the screen is narrow. */
export function pairsPassage(pairs: readonly (readonly [string, string])[], { columns, theme }: Look): Passage {
  const names = pairs.map(([name]) => sanitizeLine(name));
  const widest = Math.max(0, ...names.map(displayWidth));
  const indent = columns - widest >= 30 ? widest + 2 : 4;
  const blanks = (cells: number): SafeText => sanitizeLine(' '.repeat(Math.max(0, cells)));
  const lines = pairs.flatMap(([, meaning], index) => {
    const name = names[index] ?? safe``;
    const [first = safe``, ...rest] = wrapText(sanitizeLine(meaning), Math.max(8, columns - indent));
    const styled = theme.accent(name);
    const below = rest.map((line) => safe`${blanks(indent)}${line}`);
    if (indent > widest) return [safe`${styled}${blanks(indent - displayWidth(name))}${first}`, ...below];
    return [...wrapText(styled, columns), safe`${blanks(indent)}${first}`, ...below];
  });
  return { apart: true, lines };
}

export function stoppedPassage({ theme }: Look): Passage {
  return { apart: false, lines: [theme.dim(safe`[stopped]`)] };
}

/** What a person has to know about an answer that ended, but not by itself. */
export function endingPassage(finish: FinishReason, look: Look): Passage | undefined {
  const text = endings[finish];
  return text === undefined ? undefined : noticePassage({ level: 'warning', text }, look);
}

const endings: Readonly<Partial<Record<FinishReason, string>>> = {
  length: 'the answer was cut by the token limit',
  'content-filter': 'the answer was stopped by a content filter',
  refusal: 'the model refused',
};

export function reasoningLines(text: SafeText, { columns, theme }: Look): readonly SafeText[] {
  return wrapText(text, Math.max(1, columns - 2)).map((line) => theme.reasoning(safe`  ${line}`));
}

export function reasoningHead({ theme }: Look): SafeText {
  return theme.reasoning(safe`thinking:`);
}

/** `get_time Seoul`: the call in few words. The arguments are the model's raw text and need not be JSON. */
export function describeCall(call: ToolCall): SafeText {
  return sanitizeLine(`${call.name} ${inShort(call.arguments)}`.slice(0, 500).trimEnd());
}

/** The values of a JSON object without its keys; anything else as it is. */
function inShort(text: string): string {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed)) return text;
  return Object.values(parsed)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}

/** `* get_time Seoul ... 09:03 KST (0.1 s)` on one line. */
export function toolPassage(label: SafeText, event: ToolEndEvent, { columns, theme }: Look): Passage {
  const time = safe` (${Number((event.elapsedMs / 1000).toFixed(1))} s)`;
  // For the model the text says whose failure it is; here the name stands at the head of the line.
  const words = event.text.replace(`${event.name} failed: `, '');
  const said = sanitizeLine(inShort(words).slice(0, 1000).trim());
  const result = outcomeWords(event, said);
  const head = truncateToWidth(label, Math.max(8, Math.floor(columns / 2) - 2));
  const room = columns - 2 - displayWidth(head) - 5 - displayWidth(time);
  const shown = truncateToWidth(result, Math.max(4, room));
  const line = safe`* ${nameFirst(head, theme.toolName)} ... ${event.outcome === 'ok' ? shown : theme.error(shown)}${theme.dim(time)}`;
  return { apart: false, lines: wrapText(line, columns) };
}

function outcomeWords({ outcome }: ToolEndEvent, said: SafeText): SafeText {
  switch (outcome) {
    case 'ok':
      return said === '' ? safe`done` : said;
    case 'error':
      return safe`failed: ${said}`;
    case 'denied':
      return safe`denied`;
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

/** The first line behind the mark, the others indented as far. */
function hang(mark: SafeText, text: SafeText, columns: number): readonly SafeText[] {
  const indent = mark.length < columns / 2 ? mark.length : 0;
  const blanks = sanitizeLine(' '.repeat(indent));
  return wrapText(text, Math.max(1, columns - indent)).map(
    (line, index) => safe`${index > 0 ? blanks : indent > 0 ? mark : safe``}${line}`,
  );
}
