/**
 * The lines of the conversation that are not the answer itself. Each kind has a sign besides its colour. The signs
 * are ASCII: others are two cells wide in many Korean and Chinese terminals, and a line would break.
 */

import type { ChatError } from '../core/error.ts';
import type { FinishReason } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import type { FormatKind } from '../core/response-format.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth, wrapText } from '../terminal/width.ts';
import type { FormatLine } from './actions.ts';
import { beginningOf } from './long-message.ts';
import type { Look } from './look.ts';
import type { Passage } from './state.ts';

/** The mark before what the person writes, in the prompt and in the transcript. */
export const userMark = safe`> `;

export function userPassage(text: string, { columns, theme }: Look): Passage {
  const { text: shown, more } = beginningOf(text);
  const lines = hang(userMark, sanitize(shown), columns);
  const rest =
    more === undefined ? [] : [truncateToWidth(safe`  ... ${more.count} more ${sanitizeLine(more.of)}`, columns)];
  return { apart: true, lines: [...lines, ...rest].map(theme.user) };
}

/**
 * `-` tells of something and asks for nothing; `!`: something is not as it was wanted, and the chat goes on all the
 * same; `error:`, below: what was asked for was not done.
 */
export function noticePassage({ level, text }: Pick<Notice, 'level' | 'text'>, { columns, theme }: Look): Passage {
  const style = level === 'warning' ? theme.warning : theme.dim;
  return { apart: false, lines: hang(level === 'warning' ? safe`! ` : safe`- `, sanitize(text), columns).map(style) };
}

export function errorPassage(error: ChatError, { columns, theme }: Look): Passage {
  return { apart: true, lines: hang(safe`error: `, sanitize(error.message), columns).map(theme.error) };
}

/** Our own answers to commands, which keep their indent where they wrap; what comes from outside in them is made safe here. */
export function plainPassage(lines: readonly string[], { columns }: Look): Passage {
  const wrapped = lines.flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return hang(sanitizeLine(indent), sanitize(line.slice(indent.length)), columns);
  });
  return { apart: true, lines: wrapped };
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
    const meant = first === '' ? [] : [safe`${blanks(indent)}${first}`, ...below];
    return [...wrapText(styled, columns), ...meant];
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

/** `thought for 3.2 s, 120 words`: all that is seen of reasoning that is folded. */
export function reasoningSummary(words: number, seconds: number | undefined, { columns, theme }: Look): SafeText {
  const time = seconds === undefined ? safe`thought` : safe`thought for ${Number(seconds.toFixed(1))} s`;
  return theme.reasoning(truncateToWidth(safe`${time}, ${words} ${words === 1 ? safe`word` : safe`words`}`, columns));
}

/** `schema person.json`. The source may be a page of JSON. */
export function describeFormat({ kind, source }: FormatLine): SafeText {
  return sanitizeLine(`${formatNouns[kind]} ${source.slice(0, 500)}`);
}

const formatNouns: Readonly<Record<FormatKind, string>> = {
  'json-schema': 'schema',
  regex: 'regex',
  choice: 'choice',
  grammar: 'grammar',
};

/** The first line behind the mark, the others indented as far. */
function hang(mark: SafeText, text: SafeText, columns: number): readonly SafeText[] {
  const indent = mark.length < columns / 2 ? mark.length : 0;
  const blanks = sanitizeLine(' '.repeat(indent));
  return wrapText(text, Math.max(1, columns - indent)).map(
    (line, index) => safe`${index > 0 ? blanks : indent > 0 ? mark : safe``}${line}`,
  );
}
