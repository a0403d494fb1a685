/** What an operator is applied to: the part of the text between the caret and where a motion leads, or an object. */

import { lineEnd, lineStart, nextGrapheme, snap } from '../boundaries.ts';
import type { Command } from './command.ts';
import type { Find } from './find.ts';
import { type Motion, type Reach, reach } from './motions.ts';
import { findTextObject } from './text-objects.ts';
import { runAt, wordEndAfter } from './words.ts';

export interface Part {
  readonly start: number;
  readonly end: number;
  /** Whole lines, without the line end behind the last. */
  readonly isLines: boolean;
}

export interface PartOptions {
  readonly text: string;
  readonly caret: number;
  readonly lastFind: Find | undefined;
}

/** Undefined when there is nothing to take. */
export function partOf(
  { operator, on, count }: Extract<Command, { type: 'operate' }>,
  { text, caret, lastFind }: PartOptions,
): Part | undefined {
  if (on.type === 'lines') {
    const last = reach({ type: 'down' }, { text, caret, count: (count ?? 1) - 1, lastFind });
    return linesOf(text, caret, last?.to ?? caret);
  }
  if (on.type === 'object') {
    const found = findTextObject(on, text, caret, count ?? 1);
    return found && { start: snap(text, found.start), end: snap(text, found.end), isLines: false };
  }
  if (operator === 'change' && isWordStart(on) && /\S/.test(text[caret] ?? '')) {
    return { start: caret, end: endOfWord(text, caret, { isBig: on.isBig, count: count ?? 1 }), isLines: false };
  }
  const reached = reach(on, { text, caret, count, lastFind });
  return reached && partTo(reached, { text, caret, on });
}

function partTo(
  { to, takes }: Reach,
  { text, caret, on }: Pick<PartOptions, 'text' | 'caret'> & { readonly on: Motion },
): Part {
  if (takes === 'lines') return linesOf(text, caret, to);
  const start = Math.min(caret, to);
  const end = Math.max(caret, to);
  if (takes === 'with') return { start, end: lineOrGraphemeEnd(text, end), isLines: false };
  if (on.type !== 'word' || start === end) return { start, end, isLines: false };
  // The last word of a line is taken without the line end, and from a line's start back nothing of the line end.
  const crossed = to > caret ? /\n\s*$/.exec(text.slice(start, end))?.[0] : text[end - 1] === '\n' ? '\n' : undefined;
  return { start, end: end - (crossed?.length ?? 0), isLines: false };
}

function lineOrGraphemeEnd(text: string, at: number): number {
  return text[at] === '\n' ? at : nextGrapheme(text, at);
}

function linesOf(text: string, from: number, to: number): Part {
  return { start: lineStart(text, Math.min(from, to)), end: lineEnd(text, Math.max(from, to)), isLines: true };
}

function isWordStart(on: Motion): on is Extract<Motion, { type: 'word' }> {
  return on.type === 'word' && on.to === 'start' && on.by === 1;
}

/** `cw` leaves the blanks behind the word, as `ce` does, but never goes on from a word's last letter. */
function endOfWord(
  text: string,
  caret: number,
  { isBig, count }: { readonly isBig: boolean; readonly count: number },
): number {
  const { end } = runAt(text, caret, isBig);
  if (count === 1) return end;
  return lineOrGraphemeEnd(text, wordEndAfter(text, end - 1, { isBig, count: count - 1 }));
}
