/** Finding a grapheme on the caret's line: f, F, t, T and their repetitions. */

import { lineEnd, lineStart, nextGrapheme, previousGrapheme, snap } from '../boundaries.ts';
import type { Reach } from './motions.ts';

export interface Find {
  readonly grapheme: string;
  readonly by: 1 | -1;
  /** t and T: beside it, on the near side. */
  readonly stopsBefore: boolean;
}

export interface Finding {
  readonly find: Find;
  readonly times: number;
  /** The caret may stand beside what was found before. */
  readonly isAgain: boolean;
}

/** Undefined when the line has fewer of them. */
export function findOnLine(text: string, caret: number, { find, times, isAgain }: Finding): Reach | undefined {
  const { grapheme, by, stopsBefore } = find;
  let at = caret;
  if (isAgain && stopsBefore) {
    const beside = by === 1 ? nextGrapheme(text, caret) : previousGrapheme(text, caret);
    if (isWhole(text, beside, grapheme)) at = beside;
  }
  for (let left = times; left > 0; left--) {
    const found = by === 1 ? ahead(text, at, grapheme) : back(text, at, grapheme);
    if (found === undefined) return undefined;
    at = found;
  }
  if (by === 1) return { to: stopsBefore ? previousGrapheme(text, at) : at, takes: 'with' };
  return { to: stopsBefore ? nextGrapheme(text, at) : at, takes: 'until' };
}

function ahead(text: string, from: number, grapheme: string): number | undefined {
  const end = lineEnd(text, from);
  for (let at = text.indexOf(grapheme, from + 1); at !== -1 && at < end; at = text.indexOf(grapheme, at + 1)) {
    if (isWhole(text, at, grapheme)) return at;
  }
  return undefined;
}

function back(text: string, from: number, grapheme: string): number | undefined {
  const start = lineStart(text, from);
  for (let at = from; at > start; ) {
    at = text.lastIndexOf(grapheme, at - 1);
    if (at < start) return undefined;
    if (isWhole(text, at, grapheme)) return at;
  }
  return undefined;
}

/** A letter is not found where a mark makes another of it. */
function isWhole(text: string, at: number, grapheme: string): boolean {
  return text.startsWith(grapheme, at) && snap(text, at) === at && nextGrapheme(text, at) === at + grapheme.length;
}
