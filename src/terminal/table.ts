/** Columns by display width: the layout that tables of markdown and tables of data share. */

import { markSafe, type SafeText, safe } from './safe.ts';
import { displayWidth, truncateToWidth } from './width.ts';

export type Alignment = 'left' | 'center' | 'right';

export const columnGap = '  ';

/** A column that has to be narrower than this, and narrower than it would like, is not readable. */
const minColumn = 8;

/** How wide each column would like to be, its head included. */
export function naturalWidths(head: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return head.map((name, column) =>
    rows.reduce((widest, row) => Math.max(widest, cellWidth(row[column] ?? '')), Math.max(1, cellWidth(name))),
  );
}

/**
 * Widths in cells that fit together into `available`: small columns keep theirs, the large ones share the rest evenly.
 * @returns undefined when that would leave a column too narrow to read
 */
export function fitWidths(natural: readonly number[], available: number): readonly number[] | undefined {
  const widths = natural.map(() => 0);
  const ascending = natural.map((width, column) => ({ width, column })).sort((a, b) => a.width - b.width);
  let left = available - columnGap.length * (natural.length - 1);
  for (const [index, { width, column }] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    const given = Math.min(width, share);
    if (given < width && given < minColumn) return undefined;
    widths[column] = given;
    left -= given;
  }
  return widths;
}

/** One line: each cell cut to its column with `…` where it has to be, and placed in it. */
export function drawLine(
  cells: readonly SafeText[],
  widths: readonly number[],
  align: readonly (Alignment | null)[],
): SafeText {
  const placed = widths.map((width, column) =>
    padCell(truncateToWidth(cells[column] ?? safe``, width), width, align[column] ?? 'left'),
  );
  return markSafe(placed.join(columnGap).trimEnd());
}

/** The line under a head. */
export function drawRule(widths: readonly number[]): SafeText {
  return markSafe(widths.map((width) => '-'.repeat(width)).join(columnGap));
}

/** A cell may have line ends: its widest line counts. */
export function cellWidth(cell: string): number {
  let widest = 0;
  for (const line of cell.split('\n')) widest = Math.max(widest, displayWidth(line));
  return widest;
}

function padCell(text: string, width: number, align: Alignment): string {
  const space = Math.max(0, width - displayWidth(text));
  const before = align === 'right' ? space : align === 'center' ? Math.floor(space / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(space - before);
}
