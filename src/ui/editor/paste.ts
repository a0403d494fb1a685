/**
 * A long paste stands in the text as one character, so that the caret, Backspace and the kill ring take it for one,
 * and is drawn as `[pasted 120 lines]`. The characters are reserved ones that Unicode ignores by default: nobody
 * writes them, and no grapheme reaches across them (UAX #29: they are controls). One that is pasted all the same
 * goes into a paste of its own, so a mark in the text is always ours.
 */

import { type SafeText, safe } from '../../terminal/safe.ts';
import { truncateToWidth } from '../../terminal/width.ts';

/** By mark. What was killed or undone may come back, so none is forgotten while the REPL runs. */
export type Pastes = ReadonlyMap<string, Paste>;

export interface Paste {
  readonly text: string;
  readonly lines: number;
}

const firstMark = 0xe01f0;
const lastMark = 0xe0fff;
const marks = /[\u{E01F0}-\u{E0FFF}]/gu;

export function hasMark(text: string): boolean {
  return text.search(marks) !== -1;
}

const longestShownLines = 8;
const longestShown = 800;

/** The mark to insert and the pastes with it; the text itself where it is short enough to be shown. */
export function collapse(
  pasted: string,
  around: string,
  pastes: Pastes,
): { readonly text: string; readonly pastes: Pastes } {
  return isShortPaste(pasted) && !hasMark(pasted) ? { text: pasted, pastes } : fold(pasted, around, pastes);
}

/** However short it is. */
export function fold(
  pasted: string,
  around: string,
  pastes: Pastes,
): { readonly text: string; readonly pastes: Pastes } {
  const mark = freeMark(around, pastes);
  if (mark === undefined) return { text: pasted, pastes };
  return { text: mark, pastes: new Map([...pastes, [mark, { text: pasted, lines: countLines(pasted) }]]) };
}

/** It is shown as it is. */
export function isShortPaste(text: string): boolean {
  return text.length <= longestShown && countLines(text) <= longestShownLines;
}

/** Each mark by itself, and what is between them. */
export function splitAtMarks(text: string): readonly string[] {
  return text.split(/([\u{E01F0}-\u{E0FFF}])/u).filter((part) => part !== '');
}

/** What is meant by the text: every paste in full. */
export function expandPastes(text: string, pastes: Pastes): string {
  return pastes.size === 0 ? text : text.replace(marks, (mark) => pastes.get(mark)?.text ?? mark);
}

/** @param columns  cells that a row has */
export function pasteLabel({ text, lines }: Paste, columns: number): SafeText {
  const label = lines > 1 ? safe`[pasted ${lines} lines]` : safe`[pasted ${text.length} characters]`;
  return truncateToWidth(label, columns);
}

/** The paste that ends or begins at the caret. */
export function pasteAt(
  text: string,
  caret: number,
  pastes: Pastes,
): { readonly start: number; readonly end: number; readonly paste: Paste } | undefined {
  for (const start of [caret - 2, caret]) {
    const paste = pastes.get(text.slice(Math.max(0, start), start + 2));
    if (paste !== undefined) return { start, end: start + 2, paste };
  }
  return undefined;
}

function countLines(text: string): number {
  let lines = 1;
  for (let end = text.indexOf('\n'); end !== -1 && end < text.length - 1; end = text.indexOf('\n', end + 1)) lines += 1;
  return lines;
}

/** undefined after some thousands of pastes; what is pasted then is shown in full. */
function freeMark(text: string, pastes: Pastes): string | undefined {
  for (let code = firstMark + pastes.size; code <= lastMark; code++) {
    const mark = String.fromCodePoint(code);
    if (!pastes.has(mark) && !text.includes(mark)) return mark;
  }
  return undefined;
}
