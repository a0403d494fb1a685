/** Where a caret may stand: between graphemes, never inside one. Offsets are in UTF-16 units, as in the string itself. */

import { graphemes } from '../../terminal/width.ts';
import { sureBoundary } from './sure-boundary.ts';

/** Segmenting costs time by length: beyond this distance a caret is found from a nearer start. */
const longestLook = 256;
/** In UTF-16 units, with what stands before it. */
const longestWord = 4096;

/**
 * ASCII, Korean syllables, kana and Han join nothing before them but signs made to stand before something
 * (U+0600, and others whose second half ends this look) and the leading jamo of an unfinished syllable. They are
 * nearly all of what is written, and need no segmenting.
 */
const standsAlone =
  /(?:^|[^\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u1100-\u115f\ua960-\ua97c\udc00-\udfff])[\x20-\x7e\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]$/;

/** A word, or a paste, which counts as one; then what stands between words. */
const lastWord = /(?:[\p{L}\p{M}\p{N}_]+|[\u{E01F0}-\u{E0FFF}])[^\p{L}\p{M}\p{N}_\u{E01F0}-\u{E0FFF}]*$/u;
const firstWord = /^[^\p{L}\p{M}\p{N}_\u{E01F0}-\u{E0FFF}]*(?:[\p{L}\p{M}\p{N}_]+|[\u{E01F0}-\u{E0FFF}])/u;

export function previousGrapheme(text: string, caret: number): number {
  if (caret <= 0) return 0;
  if (text[caret - 1] === '\n') return caret - 1;
  if (standsAlone.test(text.slice(Math.max(0, caret - 2), caret))) return caret - 1;
  const last = graphemes(text.slice(startOfLook(text, caret), caret)).at(-1) ?? '';
  return caret - last.length;
}

export function nextGrapheme(text: string, caret: number): number {
  if (caret >= text.length) return text.length;
  const [first = ''] = graphemes(text.slice(caret, caret + longestLook));
  return caret + first.length;
}

/** The caret itself, or the end of the grapheme that it stands inside. */
export function snap(text: string, caret: number): number {
  if (caret <= 0) return 0;
  if (caret >= text.length) return text.length;
  // Half a character would be taken for a grapheme of its own.
  const at = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(caret - 1, caret + 1)) ? caret - 1 : caret;
  let end = nextGrapheme(text, previousGrapheme(text, at));
  while (end < caret) end = nextGrapheme(text, end);
  return end;
}

export function lineStart(text: string, caret: number): number {
  return caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
}

export function lineEnd(text: string, caret: number): number {
  const end = text.indexOf('\n', caret);
  return end === -1 ? text.length : end;
}

/** Start of the word at or before the caret: Alt+B. */
export function previousWord(text: string, caret: number): number {
  const word = lastWord.exec(text.slice(lookBack(text, caret), caret));
  return word === null ? lookBack(text, caret) : caret - word[0].length;
}

/** End of the word at or after the caret: Alt+F. */
export function nextWord(text: string, caret: number): number {
  const look = Math.min(text.length, caret + longestWord);
  const word = firstWord.exec(text.slice(caret, look));
  return word === null ? snap(text, look) : snap(text, caret + word[0].length);
}

/** Start of the run without white space before the caret: Ctrl+W. */
export function previousRun(text: string, caret: number): number {
  const run = /\S+\s*$/.exec(text.slice(lookBack(text, caret), caret));
  return run === null ? lookBack(text, caret) : caret - run[0].length;
}

/** The line's start, or on a long line a place that no grapheme reaches across. */
function startOfLook(text: string, caret: number): number {
  const line = lineStart(text, caret);
  if (caret - line <= longestLook) return line;
  return Math.max(sureBoundary(text, caret - 1) ?? line, line);
}

function lookBack(text: string, caret: number): number {
  return caret <= longestWord ? 0 : snap(text, caret - longestWord);
}
