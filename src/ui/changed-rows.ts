/**
 * From the rows that are on the screen to other ones, in few bytes. Most rows stay as they are, and a block that is
 * finished is on the screen already, since it was drawn while it was unfinished.
 */

import { withoutSequences } from '../terminal/styled-text.ts';
import { displayWidth } from '../terminal/width.ts';
import { commonStart } from './common-start.ts';

export interface Place {
  /** The rows in which the cursor stands before and is to stand after, counted from the first row. */
  readonly from: number;
  readonly to: number;
  /** Cells of a row of the screen. */
  readonly columns: number;
}

/**
 * Leaves the cursor in its row, in no certain column.
 * @returns undefined when a row is not text alone, or takes several rows of the screen: nobody knows what it would do
 */
export function changesBetween(old: readonly string[], next: readonly string[], cursor: Place): string | undefined {
  let text = '';
  let row = cursor.from;
  let isAtStart = false;
  const goTo = (target: number): void => {
    if (target === row) return;
    // A line feed makes a row where there is none yet, and the terminal's driver adds the way to its start.
    text += target > row ? '\n'.repeat(target - row) : up(row - target);
    isAtStart = target > row;
    row = target;
  };

  for (const [index, line] of next.entries()) {
    const before = old[index] ?? '';
    if (line === before) continue;
    if (!isText(line) || displayWidth(line) > cursor.columns) return undefined;
    goTo(index);
    const { length, cells, open } = commonStart(before, line);
    if (cells > 0 || !isAtStart) text += toColumn(cells + 1);
    if (withoutSequences(before.slice(length)) !== '') text += '\x1b[K';
    text += open + line.slice(length);
    isAtStart = false;
  }
  if (next.length > old.length) goTo(next.length - 1);
  if (old.length > next.length) {
    goTo(next.length);
    text += isAtStart ? '\x1b[J' : '\r\x1b[J';
  }
  goTo(cursor.to);
  return text;
}

/** Nothing in it moves the cursor. */
function isText(row: string): boolean {
  return !/\p{Cc}/u.test(withoutSequences(row));
}

export function up(rows: number): string {
  return rows > 0 ? csi(rows, 'A') : '';
}

export function toColumn(column: number): string {
  return column === 1 ? '\r' : csi(column, 'G');
}

function csi(count: number, letter: string): string {
  return `\x1b[${count === 1 ? '' : count}${letter}`;
}
