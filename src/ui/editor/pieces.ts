/**
 * What is laid out by itself: a line, or of a very long line a piece, which begins a new row. One row in some dozens is
 * shorter for that; in return a key in a line of a megabyte costs no more than one in a short line.
 */

import { lineEnd, lineStart } from './boundaries.ts';
import { sureBoundary } from './sure-boundary.ts';

export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** In UTF-16 units. */
export const pieceLength = 2048;

/** The one that the caret is in; where two meet it is in the second. */
export function pieceAt(text: string, caret: number): Piece {
  const line = { start: lineStart(text, caret), end: lineEnd(text, caret) };
  const count = Math.floor((caret - line.start) / pieceLength);
  // A cut stands a little before its place: the caret may be behind the next one.
  const next = cutOf(text, line, count + 1);
  return next <= caret && next < line.end
    ? { start: next, end: cutOf(text, line, count + 2) }
    : { start: cutOf(text, line, count), end: next };
}

function cutOf(text: string, line: Piece, count: number): number {
  const place = line.start + count * pieceLength;
  if (count === 0 || place >= line.end) return count === 0 ? line.start : line.end;
  // A grapheme of thousands of marks is cut, but no character is.
  return sureBoundary(text, place) ?? (/[\udc00-\udfff]/.test(text[place] ?? '') ? place - 1 : place);
}
