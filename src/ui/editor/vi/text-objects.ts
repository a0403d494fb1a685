/** Text objects: what `iw`, `a"`, `i(` and their like take. */

import { lineEnd, lineStart } from '../boundaries.ts';
import { type Run, runAt } from './words.ts';

export type TextObject = {
  readonly type: 'object';
  /** `a` takes what belongs to it: the quotes, the brackets, the blanks beside. */
  readonly isWhole: boolean;
} & (
  | { readonly kind: 'word'; readonly isBig: boolean }
  | { readonly kind: 'quoted'; readonly quote: string }
  | { readonly kind: 'bracketed'; readonly open: string; readonly close: string }
);

const brackets = ['()', '[]', '{}', '<>'] as const;
const aliases: Readonly<Record<string, string>> = { b: '(', B: '{' };

export function readTextObject(typed: string): TextObject | 'open' | 'none' {
  if (typed === 'i' || typed === 'a') return 'open';
  const [, letter, sign = ''] = /^([ia])(.)$/su.exec(typed) ?? [];
  if (letter === undefined) return 'none';
  const common = { type: 'object', isWhole: letter === 'a' } as const;
  if (sign === 'w' || sign === 'W') return { ...common, kind: 'word', isBig: sign === 'W' };
  if (/^["'`]$/.test(sign)) return { ...common, kind: 'quoted', quote: sign };
  const pair = brackets.find((both) => both.includes(aliases[sign] ?? sign));
  if (pair === undefined) return 'none';
  return { ...common, kind: 'bracketed', open: pair.charAt(0), close: pair.charAt(1) };
}

/** Undefined when there is none at the caret. */
export function findTextObject(object: TextObject, text: string, caret: number, count: number): Run | undefined {
  switch (object.kind) {
    case 'word':
      return words(object, text, caret, count);
    case 'quoted':
      return quoted(object, text, caret);
    case 'bracketed':
      return bracketed(object, text, caret, count);
    default:
      return object satisfies never;
  }
}

function words(
  { isWhole, isBig }: Extract<TextObject, { kind: 'word' }>,
  text: string,
  caret: number,
  count: number,
): Run | undefined {
  const first = runAt(text, caret, isBig);
  const lineEnds = lineEnd(text, caret);
  if (first.start === first.end || first.start >= lineEnds) return undefined;
  const isBlank = (run: Run): boolean => /^\s/.test(text.slice(run.start, run.end));
  const after = (end: number): Run | undefined => (end < lineEnds ? runAt(text, end, isBig) : undefined);
  let { end } = first;
  // `i` counts blanks as words; `a` takes a word with the blanks behind it, or from blanks on the word behind them.
  for (let left = isWhole ? 2 * count - 1 : count - 1; left > 0; left--) {
    const next = after(end);
    if (next === undefined) break;
    // Two words side by side have no blanks between them.
    if (isWhole && left % 2 === 1 && isBlank(next) === isBlank(first)) {
      if (left === 1) break;
      left -= 1;
    }
    end = next.end;
  }
  const endsBlank = /[^\S\n]/.test(text[end - 1] ?? '');
  if (!isWhole || isBlank(first) || endsBlank || first.start === lineStart(text, caret)) {
    return { start: first.start, end };
  }
  const before = runAt(text, first.start - 1, isBig);
  return { start: isBlank(before) ? before.start : first.start, end };
}

/** The pair around the caret, else the next one on the line; what is behind a backslash is no quote. */
function quoted(
  { quote, isWhole }: Extract<TextObject, { kind: 'quoted' }>,
  text: string,
  caret: number,
): Run | undefined {
  const from = lineStart(text, caret);
  const line = text.slice(from, lineEnd(text, caret));
  for (const { index, 0: found } of line.matchAll(new RegExp(`${quote}(?:[^${quote}\\\\]|\\\\.)*${quote}`, 'gsu'))) {
    const start = from + index;
    const end = start + found.length;
    if (end <= caret) continue;
    if (!isWhole) return { start: start + 1, end: end - 1 };
    const [behind = ''] = /^[^\S\n]*/.exec(text.slice(end, end + longestBlanks)) ?? [];
    if (behind !== '') return { start, end: end + behind.length };
    const [before = ''] = /[^\S\n]*$/.exec(text.slice(Math.max(from, start - longestBlanks), start)) ?? [];
    return { start: start - before.length, end };
  }
  return undefined;
}

const longestBlanks = 4096;

function bracketed(
  { open, close, isWhole }: Extract<TextObject, { kind: 'bracketed' }>,
  text: string,
  caret: number,
  count: number,
): Run | undefined {
  let start = text[caret] === open ? caret : opening(text, caret, open, close);
  for (let left = count - 1; left > 0 && start !== undefined; left--) start = opening(text, start, open, close);
  if (start === undefined) return undefined;
  const end = closing(text, start, open, close);
  if (end === undefined || end < caret) return undefined;
  return isWhole ? { start, end: end + 1 } : { start: start + 1, end };
}

/** The bracket that is open at an offset. */
function opening(text: string, at: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let index = at - 1; index >= 0; index--) {
    if (text[index] === close) depth += 1;
    else if (text[index] === open && depth === 0) return index;
    else if (text[index] === open) depth -= 1;
  }
  return undefined;
}

function closing(text: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let index = start; index < text.length; index++) {
    if (text[index] === open) depth += 1;
    if (text[index] === close) depth -= 1;
    if (depth === 0) return index;
  }
  return undefined;
}
