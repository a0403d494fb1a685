/**
 * Words as vi has them: a run of letters, digits and underscores, or a run of other signs; a big word is all between
 * blanks. An empty line is a word too, and so is a paste. Offsets in UTF-16 units; each result is between graphemes.
 */

import { previousGrapheme, snap } from '../boundaries.ts';

export interface Run {
  readonly start: number;
  readonly end: number;
}

/** No word is longer than this, so that a step over a megabyte without blanks takes no time. */
const longest = 4096;

// What joins what stands before it (marks, joiners) never begins a run of its own.
const small =
  /[\u{E01F0}-\u{E0FFF}]|[\p{L}\p{N}_][\p{L}\p{N}_\p{M}\u200c\u200d]{0,4096}|[^\s\p{L}\p{N}_\u{E01F0}-\u{E0FFF}]{1,4096}|(?<=^|\n)(?=\n)/gu;
const big = /\S{1,4096}|(?<=^|\n)(?=\n)/gu;

/** The start of the count-th word behind the caret; the text's end where there are fewer. */
export function wordStartAfter(text: string, caret: number, { isBig, count }: WordStep): number {
  let left = count;
  for (const run of runsFrom(text, caret, isBig)) {
    if (run.start > caret) left -= 1;
    if (left === 0) return snap(text, run.start);
  }
  return text.length;
}

/** The last grapheme of the count-th word that ends behind the caret. */
export function wordEndAfter(text: string, caret: number, { isBig, count }: WordStep): number {
  let left = count;
  let last = caret;
  for (const run of runsFrom(text, caret, isBig)) {
    if (run.start === run.end) continue;
    const end = previousGrapheme(text, snap(text, run.end));
    if (end <= caret) continue;
    last = end;
    left -= 1;
    if (left === 0) return end;
  }
  return last === caret ? previousGrapheme(text, text.length) : last;
}

export function wordStartBefore(text: string, caret: number, { isBig, count }: WordStep): number {
  let left = count;
  for (const run of runsBefore(text, caret, isBig)) {
    if (run.start < caret) left -= 1;
    if (left === 0) return snap(text, run.start);
  }
  return 0;
}

export function wordEndBefore(text: string, caret: number, { isBig, count }: WordStep): number {
  let left = count;
  for (const run of runsBefore(text, caret, isBig)) {
    const end = run.end === run.start ? run.start : previousGrapheme(text, snap(text, run.end));
    if (end < caret && run.end <= caret) left -= 1;
    if (left === 0) return end;
  }
  return 0;
}

/** The word or the blanks at an offset, on its line. */
export function runAt(text: string, at: number, isBig: boolean): Run {
  const from = Math.max(0, at - longest);
  const part = text.slice(from, at + longest);
  const pattern = isBig ? /[^\S\n]+|\S+|\n/gu : new RegExp(`[^\\S\\n]+|${small.source}|\\n`, 'gu');
  for (const { index, 0: found } of part.matchAll(pattern)) {
    if (from + index + found.length > at)
      return { start: snap(text, from + index), end: snap(text, from + index + found.length) };
  }
  return { start: at, end: at };
}

export interface WordStep {
  readonly isBig: boolean;
  readonly count: number;
}

/** From the one the caret is in, of which only the rest is seen. */
function* runsFrom(text: string, caret: number, isBig: boolean): Generator<Run> {
  const pattern = new RegExp(isBig ? big : small);
  pattern.lastIndex = caret;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    yield { start: found.index, end: found.index + found[0].length };
    if (found[0] === '') pattern.lastIndex += 1;
  }
}

/** From the one before the caret, or around it, backwards. */
function* runsBefore(text: string, caret: number, isBig: boolean): Generator<Run> {
  for (let end = caret; end > 0; ) {
    const from = Math.max(0, end - longest);
    // Two more, so that a surrogate is whole and an empty line at the end is seen.
    const runs = [...runsFrom(text.slice(from, end + longest), 0, isBig)]
      .map((run) => ({ start: from + run.start, end: from + run.end }))
      .filter((run) => run.start < end);
    // The first one may have begun before the part that was looked at.
    const whole = from > 0 && runs.length > 1 ? runs.slice(1) : runs;
    yield* whole.reverse();
    const next = whole.at(-1)?.start ?? from;
    end = next < end ? next : from;
  }
}
