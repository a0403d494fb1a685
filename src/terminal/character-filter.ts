/**
 * The part of the sanitiser that knows Unicode: what is left once the control sequences are gone, minus what
 * hides, reorders or smuggles. Joiners, presentation selectors and flag tags stay where they spell something.
 */

import {
  isHidden,
  isJoinableEmoji,
  isJoiningLetter,
  isMark,
  isMongolian,
  isPictograph,
  maxMarks,
  takesPresentation,
} from './invisible.ts';

const zeroWidthJoiner = 0x200d;
const zeroWidthNonJoiner = 0x200c;
const blackFlag = 0x1f3f4;
const cancelTag = 0xe007f;
/** England, Scotland and Wales: the flag sequences of UTS #51 that are made of tags. */
const flagTags = new Set(['gbeng', 'gbsct', 'gbwls'].map(toTags));
const longestTags = Math.max(...[...flagTags].map((tags) => tags.length));
const replacement = 0xfffd;

export interface CharacterFilter {
  /** Whether the next character decides about an earlier one, so that it has to go through `take`. */
  readonly holding: boolean;
  /** Text of `plainRange` only, which passes as it is. */
  takePlain(text: string): string;
  /** What to show for one code point that is no part of a sequence. */
  take(codePoint: number): string;
  reset(): void;
}

export function createCharacterFilter(): CharacterFilter {
  let previous = '';
  let marks = 0;
  let joinerHeld = false;
  let afterReturn = false;
  let tags: string | undefined;

  function show(character: string): string {
    const joined =
      joinerHeld && isPictograph(character) ? String.fromCodePoint(zeroWidthJoiner) + character : character;
    joinerHeld = false;
    afterReturn = false;
    tags = undefined;
    previous = character;
    return joined;
  }

  function takeTag(codePoint: number): string {
    if (tags === undefined) return '';
    tags += String.fromCodePoint(codePoint);
    if (codePoint !== cancelTag && tags.length < longestTags) return '';
    const flag = flagTags.has(tags) ? tags : '';
    tags = undefined;
    return flag;
  }

  function takeLineEnd(codePoint: number): string {
    const secondOfPair = codePoint === 0x0a && afterReturn;
    marks = 0;
    const shown = secondOfPair ? '' : show('\n');
    afterReturn = codePoint === 0x0d;
    return shown;
  }

  function takeNeighbourly(codePoint: number): string | undefined {
    switch (codePoint) {
      case zeroWidthJoiner:
        if (isJoiningLetter(previous)) return show(String.fromCodePoint(codePoint));
        joinerHeld = isJoinableEmoji(previous);
        return '';
      case zeroWidthNonJoiner:
        return isJoiningLetter(previous) ? show(String.fromCodePoint(codePoint)) : '';
      case 0xfe0e:
      case 0xfe0f:
        return takesPresentation(previous, codePoint) ? show(String.fromCodePoint(codePoint)) : '';
      case 0x180b:
      case 0x180c:
      case 0x180d:
      case 0x180f:
        return isMongolian(previous) ? show(String.fromCodePoint(codePoint)) : '';
      default:
        return undefined;
    }
  }

  return {
    get holding() {
      return joinerHeld || afterReturn;
    },
    takePlain(text) {
      if (text === '') return text;
      marks = 0;
      tags = undefined;
      previous = text.slice(-1);
      return text;
    },
    take(codePoint) {
      if (codePoint === 0x0a || codePoint === 0x0d || codePoint === 0x2028 || codePoint === 0x2029) {
        return takeLineEnd(codePoint);
      }
      if ((codePoint < 0x20 && codePoint !== 0x09) || codePoint === 0x7f) return '';
      if (codePoint >= 0xe0000 && codePoint <= cancelTag) return takeTag(codePoint);
      const besideNeighbour = takeNeighbourly(codePoint);
      if (besideNeighbour !== undefined) return besideNeighbour;
      const lone = codePoint >= 0xd800 && codePoint <= 0xdfff;
      const character = String.fromCodePoint(lone ? replacement : codePoint);
      if (isHidden(character)) return '';
      if (isMark(character)) {
        marks += 1;
        return marks > maxMarks ? '' : show(character);
      }
      marks = 0;
      const shown = show(character);
      if (codePoint === blackFlag) tags = '';
      return shown;
    },
    reset() {
      previous = '';
      marks = 0;
      joinerHeld = false;
      afterReturn = false;
      tags = undefined;
    },
  };
}

function toTags(letters: string): string {
  return [...letters, '\x7f'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');
}
