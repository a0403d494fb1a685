/** Where a motion leads, and what an operator takes on the way. */

import { lineEnd, lineStart, nextGrapheme, previousGrapheme } from '../boundaries.ts';
import { type Find, findOnLine } from './find.ts';
import { wordEndAfter, wordEndBefore, wordStartAfter, wordStartBefore } from './words.ts';

export type Motion =
  | { readonly type: 'left' | 'right' | 'up' | 'down' }
  | { readonly type: 'line-start' | 'line-text' | 'line-end' | 'first-line' | 'last-line' }
  | { readonly type: 'word'; readonly to: 'start' | 'end'; readonly by: 1 | -1; readonly isBig: boolean }
  | { readonly type: 'find'; readonly find: Find }
  /** The last find again, or the other way. */
  | { readonly type: 'find-again'; readonly way: 'same' | 'other' };

export interface Reach {
  readonly to: number;
  /** What an operator takes: as far as the place, with the grapheme there, or the lines from one to the other. */
  readonly takes: 'until' | 'with' | 'lines';
}

const keys: Readonly<Record<string, Motion>> = {
  h: { type: 'left' },
  l: { type: 'right' },
  ' ': { type: 'right' },
  j: { type: 'down' },
  k: { type: 'up' },
  '0': { type: 'line-start' },
  '^': { type: 'line-text' },
  $: { type: 'line-end' },
  gg: { type: 'first-line' },
  G: { type: 'last-line' },
  w: { type: 'word', to: 'start', by: 1, isBig: false },
  W: { type: 'word', to: 'start', by: 1, isBig: true },
  b: { type: 'word', to: 'start', by: -1, isBig: false },
  B: { type: 'word', to: 'start', by: -1, isBig: true },
  e: { type: 'word', to: 'end', by: 1, isBig: false },
  E: { type: 'word', to: 'end', by: 1, isBig: true },
  ge: { type: 'word', to: 'end', by: -1, isBig: false },
  gE: { type: 'word', to: 'end', by: -1, isBig: true },
  ';': { type: 'find-again', way: 'same' },
  ',': { type: 'find-again', way: 'other' },
};

export function readMotion(typed: string): Motion | 'open' | 'none' {
  const motion = Object.hasOwn(keys, typed) ? keys[typed] : undefined;
  if (motion !== undefined) return motion;
  if (/^[gfFtT]$/.test(typed)) return 'open';
  const [, letter = '', grapheme = ''] = /^([fFtT])(.+)$/su.exec(typed) ?? [];
  if (letter === '') return 'none';
  return { type: 'find', find: { grapheme, by: /[ft]/.test(letter) ? 1 : -1, stopsBefore: /[tT]/.test(letter) } };
}

export interface Start {
  readonly text: string;
  readonly caret: number;
  /** Undefined when none was typed. */
  readonly count: number | undefined;
  /** For `;` and `,`. */
  readonly lastFind: Find | undefined;
}

/** Undefined when there is nothing to go to. */
export function reach(motion: Motion, { text, caret, count, lastFind }: Start): Reach | undefined {
  const times = count ?? 1;
  const until = (to: number): Reach => ({ to, takes: 'until' });
  switch (motion.type) {
    case 'left':
      return until(graphemesAway(text, caret, { by: -1, times }));
    case 'right':
      return until(graphemesAway(text, caret, { by: 1, times }));
    case 'up':
    case 'down':
      return linesAway(text, caret, motion.type === 'up' ? -times : times);
    case 'line-start':
      return until(lineStart(text, caret));
    case 'line-text':
      return until(lineText(text, caret));
    case 'line-end':
      return until(lineEnd(text, linesAway(text, caret, times - 1)?.to ?? caret));
    case 'first-line':
      return { to: lineText(text, startOfLine(text, times)), takes: 'lines' };
    case 'last-line':
      return { to: lineText(text, count === undefined ? text.length : startOfLine(text, count)), takes: 'lines' };
    case 'word': {
      const step = { isBig: motion.isBig, count: times };
      if (motion.to === 'start') return until((motion.by === 1 ? wordStartAfter : wordStartBefore)(text, caret, step));
      return { to: (motion.by === 1 ? wordEndAfter : wordEndBefore)(text, caret, step), takes: 'with' };
    }
    case 'find':
      return findOnLine(text, caret, { find: motion.find, times, isAgain: false });
    case 'find-again': {
      if (lastFind === undefined) return undefined;
      const by = motion.way === 'same' ? lastFind.by : lastFind.by === 1 ? -1 : 1;
      return findOnLine(text, caret, { find: { ...lastFind, by }, times, isAgain: true });
    }
    default:
      return motion satisfies never;
  }
}

/** The first character of the line that is no blank, or its last. */
export function lineText(text: string, caret: number): number {
  const start = lineStart(text, caret);
  // A blank with a mark on it is a letter to the eye.
  const [blanks = ''] = /^(?:[^\S\n](?![\p{M}\u200d]))*/u.exec(text.slice(start, start + longestIndent)) ?? [];
  return start + blanks.length;
}

const longestIndent = 4096;

/** On the line; at its ends it stops. */
export function graphemesAway(
  text: string,
  caret: number,
  { by, times }: { readonly by: 1 | -1; readonly times: number },
): number {
  const end = by === 1 ? lineEnd(text, caret) : lineStart(text, caret);
  let to = caret;
  for (let left = times; left > 0 && to !== end; left--) {
    to = by === 1 ? nextGrapheme(text, to) : previousGrapheme(text, to);
  }
  return to;
}

function linesAway(text: string, caret: number, by: number): Reach | undefined {
  let to = lineStart(text, caret);
  for (let left = Math.abs(by); left > 0; left--) {
    const next = by > 0 ? lineEnd(text, to) + 1 : lineStart(text, Math.max(0, to - 1));
    // An operator over fewer lines than were counted takes those there are; over none it does nothing.
    if (next > text.length || next === to) return left === Math.abs(by) ? undefined : { to, takes: 'lines' };
    to = next;
  }
  return { to, takes: 'lines' };
}

/** @param line  counted from 1 */
function startOfLine(text: string, line: number): number {
  let start = 0;
  for (let left = line - 1; left > 0; left--) {
    const end = lineEnd(text, start);
    if (end === text.length) break;
    start = end + 1;
  }
  return start;
}
