/** A message that was sent, as it stood in the editor: what was typed, and what was a folded paste. */

import { fileMentions } from '../../core/file-mentions.ts';
import { isShortPaste, type Pastes, splitAtMarks } from './paste.ts';

/** All texts together are the message. */
export interface DraftPart {
  readonly text: string;
  readonly isFolded: boolean;
}

export function draftParts(text: string, pastes: Pastes): readonly DraftPart[] {
  return splitAtMarks(text).map((part) => {
    const paste = pastes.get(part);
    return paste === undefined ? { text: part, isFolded: false } : { text: paste.text, isFolded: true };
  });
}

/** In UTF-16 units: what a person writes above a paste. */
const longestHeading = 200;
/** Short paragraphs, together longer than anybody writes. */
const mostTypedLines = 40;

/**
 * Of a message of an earlier run only the text is known: its long paragraphs, and what is between them, are folded.
 * @param attached  paths of files that went along: what names one was not pasted, or it would not have been sent
 */
export function foldAgain(text: string, attached: readonly string[]): readonly DraftPart[] {
  if (isShortPaste(text)) return [{ text, isFolded: false }];
  const lines = linesOf(text);
  const { from, to } = pastedLines(lines);
  const parts: DraftPart[] = [];
  let run: Line[] = [];
  let end = 0;
  const endRun = (): void => {
    const [first, last] = [run[0], run.at(-1)];
    run = [];
    if (first === undefined || last === undefined) return;
    const pasted = text.slice(first.start, last.end);
    if (isShortPaste(pasted)) return;
    parts.push({ text: text.slice(end, first.start), isFolded: false }, { text: pasted, isFolded: true });
    end = last.end;
  };
  for (const line of lines.slice(from, to)) {
    if (names(line.text, attached)) endRun();
    else run.push(line);
  }
  endRun();
  return [...parts, { text: text.slice(end), isFolded: false }].filter((part) => part.text !== '');
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const found = { text: line, start, end: start + line.length };
    start = found.end + 1;
    return found;
  });
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function pastedLines(lines: readonly Line[]): Range {
  const long = paragraphsOf(lines).filter(({ from, to }) => !isShortPaste(textOf(lines.slice(from, to))));
  const nothing = { from: 0, to: 0 };
  const whole = lines.length > mostTypedLines ? { from: 0, to: lines.length } : nothing;
  const { from, to } = long.length === 0 ? whole : { from: long[0]?.from ?? 0, to: long.at(-1)?.to ?? 0 };
  const isHeading = from === 0 && to > 1 && (lines[0]?.text.length ?? 0) <= longestHeading;
  return { from: isHeading ? 1 : from, to };
}

function paragraphsOf(lines: readonly Line[]): readonly Range[] {
  const found: Range[] = [];
  let from = 0;
  for (const [index, { text }] of lines.entries()) {
    if (text.trim() !== '') continue;
    if (index > from) found.push({ from, to: index });
    from = index + 1;
  }
  return from < lines.length ? [...found, { from, to: lines.length }] : found;
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => text).join('\n');
}

function names(text: string, attached: readonly string[]): boolean {
  return (
    attached.length > 0 &&
    fileMentions(text).some(({ path, bare }) => attached.includes(path) || attached.includes(bare))
  );
}
