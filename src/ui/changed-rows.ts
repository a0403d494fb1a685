/**
 * Ink writes a frame by erasing the live region and writing all of it again, below what is printed for good with it.
 * Most of that is on the screen already: the rows that have not changed, and every row of a finished block, because
 * it was drawn while it was unfinished. Only the rest has to go to the terminal.
 */

import { withoutSequences } from '../terminal/styled-text.ts';
import { displayWidth } from '../terminal/width.ts';
import { commonStart } from './common-start.ts';

export interface ChangedRows {
  /** The same screen and the same cursor as after `frame`, from what the last frame left, in fewer bytes. */
  of(frame: string): string;
  /** Something else was written, or the terminal has another size: the next frame is written as it is. */
  forget(): void;
}

/** What stands on the screen from the first row of a frame on. */
interface Drawn {
  readonly rows: readonly string[];
  readonly cursorRow: number;
}

/** Cursor hidden or shown, moves (CSI A, B, E, G), erasures (CSI J, K): what Ink writes before the rows and after them. */
const controlsBefore = /(?:\x1b\[(?:\?25[hl]|\d*[ABEGJK]))*/y;
const controlsAfter = /(?:\x1b\[(?:\?25[hl]|\d*[ABEG]))*$/;
const hide = '\x1b[?25l';
const show = '\x1b[?25h';

/** @param columns  of the screen now */
export function createChangedRows(columns: () => number): ChangedRows {
  let drawn: Drawn | undefined;

  /** A row that the terminal wraps takes several: only what is below it can be counted. */
  function keep(rows: readonly string[], cursorRow: number): void {
    const below = rows.findLastIndex((row) => displayWidth(row) > columns()) + 1;
    drawn = { rows: rows.slice(below), cursorRow: cursorRow - below };
  }

  return {
    of(frame) {
      const { before, rows, after } = partsOf(frame);
      const from = drawn;
      drawn = undefined;
      const [start, end] = [sumOf(before), sumOf(after)];
      const framed = (text: string): string =>
        (before.includes(hide) ? hide : '') + text + (frame.endsWith(show) ? show : '');

      if (rows.length === 1 && rows[0] === '' && !/[JK]/.test(before)) {
        if (from === undefined) return frame;
        const moved = start.rows + end.rows;
        drawn = { rows: from.rows, cursorRow: from.cursorRow + moved };
        return framed(down(moved) + toColumn(end.column ?? start.column));
      }

      const cursorRow = rows.length - 1 + end.rows;
      const top = from === undefined ? -1 : from.cursorRow + start.rows;
      const changes =
        from === undefined || top < 0
          ? undefined
          : changesBetween(from.rows.slice(top), rows, {
              ...{ from: from.cursorRow - top, to: cursorRow },
              columns: columns(),
            });
      // Without a column the cursor stays behind the text of the last row.
      if (changes === undefined || (end.column === undefined && rows.at(-1) !== '')) {
        if (rows.every(isText)) keep(rows, cursorRow);
        return frame;
      }
      drawn = { rows, cursorRow };
      return framed(changes + toColumn(end.column ?? 1));
    },
    forget() {
      drawn = undefined;
    },
  };
}

function partsOf(frame: string): { before: string; rows: string[]; after: string } {
  controlsBefore.lastIndex = 0;
  const before = controlsBefore.exec(frame)?.[0] ?? '';
  const rows = frame.slice(before.length).split('\n');
  const last = rows.pop() ?? '';
  const after = controlsAfter.exec(last)?.[0] ?? '';
  return { before, rows: [...rows, last.slice(0, last.length - after.length)], after };
}

/** Nothing in it moves the cursor: what a library prints may hold anything. */
function isText(row: string): boolean {
  return !/\p{Cc}/u.test(withoutSequences(row));
}

/**
 * @param cursor  the rows in which it stands before and after, and how many cells a row of the screen has
 * @returns undefined when a row is not text alone, or takes several rows of the screen
 */
function changesBetween(
  old: readonly string[],
  next: readonly string[],
  cursor: { readonly from: number; readonly to: number; readonly columns: number },
): string | undefined {
  let text = '';
  let row = cursor.from;
  let isAtStart = false;
  const goTo = (target: number): void => {
    if (target === row) return;
    // A line feed makes a row where there is none yet, and the terminal's driver adds the way to its start.
    text += target > row ? '\n'.repeat(target - row) : down(target - row);
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

interface Sum {
  /** Downwards. */
  readonly rows: number;
  /** Counted from 1; undefined where no move changes it. */
  readonly column: number | undefined;
}

function sumOf(moves: string): Sum {
  let rows = 0;
  let column: number | undefined;
  for (const [, digits, letter] of moves.matchAll(/\x1b\[(\d*)([ABEG])/g)) {
    const count = Math.max(1, Number(digits));
    if (letter === 'A') rows -= count;
    if (letter === 'B' || letter === 'E') rows += count;
    if (letter === 'E') column = 1;
    if (letter === 'G') column = count;
  }
  return { rows, column };
}

function down(rows: number): string {
  if (rows === 0) return '';
  return csi(Math.abs(rows), rows < 0 ? 'A' : 'B');
}

function toColumn(column: number | undefined): string {
  if (column === undefined) return '';
  return column === 1 ? '\r' : csi(column, 'G');
}

function csi(count: number, letter: string): string {
  return `\x1b[${count === 1 ? '' : count}${letter}`;
}
