/** Text measured and cut in terminal cells. A grapheme is never split, so neither is a wide character. */

import stringWidth from 'string-width';
import { QuickSegmenter } from './quick-segmenter.ts';
import { markSafe, type SafeText } from './safe.ts';
import { carryStyles, type Piece, splitStyled, withoutSequences } from './styled-text.ts';

/** In cells; styles count nothing. A tab counts nothing either: expand it first. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(withoutSequences(text))) width += graphemeWidth(grapheme);
  return width;
}

/** What a person takes for one character: a syllable, an emoji family, a flag. */
export function graphemes(text: string): string[] {
  if (ascii.test(text)) return text.split('');
  const found: string[] = [];
  for (let start = 0; start < text.length; ) {
    // Half a character at the end would be taken for one, and the flag before it cut in two.
    const length = /[\uD800-\uDBFF]/.test(text[start + stretchLength - 1] ?? '') ? stretchLength - 1 : stretchLength;
    const stretch = Array.from(segmenter.segment(text.slice(start, start + length)), ({ segment }) => segment);
    // The last one may go on behind the cut; it begins the next stretch, unless it is all there is.
    if (start + length < text.length && stretch.length > 1) stretch.pop();
    for (const grapheme of stretch) {
      found.push(grapheme);
      start += grapheme.length;
    }
  }
  return found;
}

/** One line of at most `columns` cells; what was cut is marked with `…`. Keeps styles and ends them. */
export function truncateToWidth(text: SafeText, columns: number): SafeText {
  if (displayWidth(text) <= columns) return text;
  if (columns < 1) return markSafe('');
  let width = 0;
  let full = false;
  let kept = '';
  for (const piece of splitStyled(text, segment)) {
    if (piece.isSequence) {
      kept += piece.text;
    } else if (!full && width + piece.width < columns) {
      kept += piece.text;
      width += piece.width;
    } else if (!full) {
      kept += '…';
      full = true;
    }
  }
  return markSafe(kept);
}

/**
 * Lines of at most `columns` cells (or one grapheme that is wider), each with its styles complete.
 * Breaks at spaces, between Chinese and Japanese characters (not before closing punctuation), and inside a
 * word only when it fits no line. Korean breaks at its spaces. Line ends in the text stay; tabs become spaces.
 */
export function wrapText(text: SafeText, columns: number): SafeText[] {
  return layOut(text, columns, wrapLine);
}

/** Like `wrapText` for code: cut exactly at the edge, every space kept. */
export function wrapExactly(text: SafeText, columns: number): SafeText[] {
  return layOut(text, columns, cutLine);
}

/**
 * What becomes of lines of code, JSON and the like that are wider than the screen: `cut` at its edge, so that their
 * rows can be counted; or `whole` for the terminal to wrap, so that a copy with the mouse has them as they are: for
 * what is written for good.
 */
export type Verbatim = 'cut' | 'whole';

export function wrapVerbatim(
  text: SafeText,
  { columns, verbatim = 'cut' }: { readonly columns: number; readonly verbatim?: Verbatim | undefined },
): SafeText[] {
  return wrapExactly(text, verbatim === 'whole' ? Number.POSITIVE_INFINITY : columns);
}

const ascii = /^[\x20-\x7e]*$/;
const segmenter = new QuickSegmenter();
/** In UTF-16 units. Node 20's segmenter takes quadratic time over a long text: 1.4 s for 64,000 units. */
const stretchLength = 512;
const tabWidth = 4;

function layOut(
  text: SafeText,
  columns: number,
  breakLine: (pieces: Piece[], columns: number) => string[],
): SafeText[] {
  const lines = text.split('\n').flatMap((line) => {
    if (!line.includes('\t') && displayWidth(line) <= columns) return [line];
    return breakLine(expandTabs(splitStyled(line, segment)), Math.max(1, columns));
  });
  return (text.includes('\x1b') ? carryStyles(lines) : lines).map(markSafe);
}

function wrapLine(pieces: Piece[], columns: number): string[] {
  const lines: string[] = [];
  let start = 0;
  let width = 0;
  /** Where the line may end: the piece after it begins the next one. */
  let opportunity = 0;
  let index = 0;
  while (index < pieces.length) {
    const piece = pieces[index] as Piece; // index is below length
    if (width + piece.width > columns && width > 0 && piece.text !== ' ') {
      const end = opportunity > start ? opportunity : index;
      lines.push(endLine(pieces.slice(start, end)));
      start = end;
      index = end;
      width = 0;
      continue;
    }
    width += piece.width;
    index += 1;
    if (mayBreakAfter(pieces, index - 1)) opportunity = index;
  }
  lines.push(endLine(pieces.slice(start)));
  return lines;
}

function cutLine(pieces: Piece[], columns: number): string[] {
  const lines = [''];
  let width = 0;
  for (const piece of pieces) {
    if (width + piece.width > columns && width > 0) {
      lines.push('');
      width = 0;
    }
    lines[lines.length - 1] += piece.text;
    width += piece.width;
  }
  return lines;
}

/** Without the spaces it broke at; sequences among them stay. */
function endLine(pieces: readonly Piece[]): string {
  let end = pieces.length;
  while (end > 0 && (pieces[end - 1]?.isSequence || pieces[end - 1]?.text === ' ')) end -= 1;
  return pieces
    .filter((piece, index) => index < end || piece.isSequence)
    .map((piece) => piece.text)
    .join('');
}

const ideographic = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\u3000-\u303f\uff01-\uff60]/u;
const neverFirst =
  /^[、。，．！？：；）」』】》〉〕］｝…‥ーゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%,.!?:;)\]}'"”’]/u;
const neverLast = /^[（「『【《〈〔［｛([{“‘]/u;

function mayBreakAfter(pieces: readonly Piece[], index: number): boolean {
  const piece = pieces[index];
  if (piece === undefined) return false;
  const next = nextText(pieces, index + 1);
  if (piece.text === ' ') return next !== ' ';
  if (next === undefined || next === ' ') return false;
  const before = piece.isSequence ? lastText(pieces, index) : piece.text;
  if (before === undefined) return false;
  if (before === ' ') return true;
  return (ideographic.test(before) || ideographic.test(next)) && !neverFirst.test(next) && !neverLast.test(before);
}

function nextText(pieces: readonly Piece[], from: number): string | undefined {
  for (let index = from; index < pieces.length; index++) {
    if (!pieces[index]?.isSequence) return pieces[index]?.text;
  }
  return undefined;
}

function lastText(pieces: readonly Piece[], from: number): string | undefined {
  for (let index = from; index >= 0; index--) {
    if (!pieces[index]?.isSequence) return pieces[index]?.text;
  }
  return undefined;
}

function* segment(plain: string): Iterable<Piece> {
  for (const text of graphemes(plain)) yield { text, width: graphemeWidth(text), isSequence: false };
}

/** Hangul syllables, Han, kana and full-width forms: two cells each, no need to ask. */
const wide = /^[\uac00-\ud7a3\u4e00-\u9fff\u3001-\u3029\u3041-\u3096\u30a0-\u30ff\uff01-\uff60]$/;
/** string-width takes about 10 microseconds for an emoji, and texts repeat theirs. */
const measured = new Map<string, number>();
const maxMeasured = 4096;

function graphemeWidth(grapheme: string): number {
  if (ascii.test(grapheme)) return grapheme.length;
  if (wide.test(grapheme)) return 2;
  const known = measured.get(grapheme);
  if (known !== undefined) return known;
  if (measured.size >= maxMeasured) measured.clear();
  const width = stringWidth(grapheme);
  measured.set(grapheme, width);
  return width;
}

function expandTabs(pieces: readonly Piece[]): Piece[] {
  let column = 0;
  return pieces.flatMap((piece) => {
    const size = tabWidth - (column % tabWidth);
    column += piece.text === '\t' ? size : piece.width;
    return piece.text === '\t' ? Array<Piece>(size).fill({ text: ' ', width: 1, isSequence: false }) : [piece];
  });
}
