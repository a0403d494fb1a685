/** How much of a row can stay when it becomes another one. */

import { followStyle, type OpenStyle, sequenceAt } from '../terminal/styled-text.ts';

export interface CommonStart {
  /** In UTF-16 units, the same in both rows. */
  readonly length: number;
  readonly cells: number;
  /** The sequences of the styles that go on behind it. */
  readonly open: string;
}

/** Links are written whole: a link that is taken up again is another link to some terminals. */
const linkStart = '\x1b]';

/**
 * Stops at the first character of which terminals disagree how many cells it takes, or which may join with what stands
 * before it: of letters that follow, the cursor could be sent to the wrong column.
 */
export function commonStart(old: string, next: string): CommonStart {
  const open: OpenStyle[] = [];
  let length = 0;
  let cells = 0;
  let found: CommonStart = { length: 0, cells: 0, open: '' };
  const keep = (): void => {
    if (isClear(old, length) && isClear(next, length)) {
      found = { length, cells, open: open.map(({ sequence }) => sequence).join('') };
    }
  };
  while (length < next.length) {
    const sequence = sequenceAt(next, length);
    if (sequence !== undefined) {
      if (sequence.startsWith(linkStart) || !old.startsWith(sequence, length)) break;
      followStyle(sequence, open);
      length += sequence.length;
    } else {
      const width = certainWidth(next.charCodeAt(length));
      if (width === 0 || next[length] !== old[length]) break;
      cells += width;
      length += 1;
    }
    keep();
  }
  return found;
}

/** Nothing in the row from here on joins with what stands before. */
function isClear(row: string, index: number): boolean {
  const sequence = sequenceAt(row, index);
  if (sequence !== undefined) return isClear(row, index + sequence.length);
  return index >= row.length || certainWidth(row.charCodeAt(index)) > 0;
}

/** 0 where terminals differ. ASCII, then kana, Chinese characters and Korean syllables (UAX #11, W). */
function certainWidth(code: number): number {
  if (code >= 0x20 && code <= 0x7e) return 1;
  const isWide =
    (code >= 0x3041 && code <= 0x3096) ||
    (code >= 0x30a1 && code <= 0x30fa) ||
    (code >= 0x3400 && code <= 0x4dbf) ||
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7a3);
  return isWide ? 2 : 0;
}
