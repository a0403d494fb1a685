/**
 * Cell widths as terminals of today have them (kitty, WezTerm, Ghostty, Windows Terminal; mode 2027): a grapheme
 * takes the cells of its base. xterm.js by itself knows Unicode 6, where an emoji is one cell wide.
 */

import type { IUnicodeVersionProvider } from '@xterm/headless';
import stringWidth from 'string-width';

const zeroWidthJoiner = 0x200d;
const emojiPresentation = 0xfe0f;

/** What the next code point has to know: kept in the upper bits of xterm's property value. */
const kinds = { other: 0, afterJoiner: 1, firstFlagHalf: 2 };

export const graphemeCells: IUnicodeVersionProvider = {
  version: 'graphemes',
  wcwidth: cellsOf,
  charProperties(codePoint, preceding) {
    const precedingWidth = (preceding >> 1) & 3;
    const precedingKind = preceding >> 3;
    const isFlagHalf = codePoint >= 0x1f1e6 && codePoint <= 0x1f1ff;
    if (preceding !== 0) {
      const completesFlag = isFlagHalf && precedingKind === kinds.firstFlagHalf;
      if (completesFlag || precedingKind === kinds.afterJoiner) return property(kinds.other, 2, true);
      if (codePoint === emojiPresentation) return property(kinds.other, 2, true);
      if (codePoint === zeroWidthJoiner) return property(kinds.afterJoiner, precedingWidth, true);
      if (joins(codePoint)) return property(precedingKind, precedingWidth, true);
    }
    return property(isFlagHalf ? kinds.firstFlagHalf : kinds.other, isFlagHalf ? 2 : cellsOf(codePoint), false);
  },
};

function joins(codePoint: number): boolean {
  const isSkinTone = codePoint >= 0x1f3fb && codePoint <= 0x1f3ff;
  // Vowels and finals of decomposed Korean (conjoining jamo).
  const isJamo = codePoint >= 0x1160 && codePoint <= 0x11ff;
  return isSkinTone || isJamo || /^[\p{Mn}\p{Me}\p{Cf}]$/u.test(String.fromCodePoint(codePoint));
}

const known = new Map<number, 0 | 1 | 2>();

function cellsOf(codePoint: number): 0 | 1 | 2 {
  let width = known.get(codePoint);
  if (width === undefined) {
    const measured = stringWidth(String.fromCodePoint(codePoint));
    width = measured === 0 ? 0 : measured === 1 ? 1 : 2;
    known.set(codePoint, width);
  }
  return width;
}

function property(kind: number, width: number, join: boolean): number {
  return (kind << 3) | (width << 1) | (join ? 1 : 0);
}
