/** `-o table`: rows for people, in aligned columns; where they do not fit side by side, one under the other. */

import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { columnGap, drawLine, drawRule, fitWidths, naturalWidths } from '../terminal/table.ts';
import type { Theme } from '../terminal/theme.ts';
import { alignmentOf, cellText } from '../terminal/value-column.ts';
import { displayWidth, truncateToWidth, wrapText } from '../terminal/width.ts';
import type { Rows } from './rows.ts';

export interface TableOptions {
  /** Cells are cut to fit into so many columns of the terminal; without it each column is as wide as it has to be. */
  readonly columns?: number;
  readonly theme: Theme;
}

export function toTable(rows: Rows, { columns = Number.POSITIVE_INFINITY, theme }: TableOptions): SafeText {
  if (rows.columns.length === 0) return safe`(nothing)\n`;
  const head = rows.columns.map(sanitizeLine);
  const cells = rows.rows.map((row) => row.map((cell) => sanitizeLine(cellText(cell))));
  const widths = fitWidths(naturalWidths(head, cells), columns);
  if (widths === undefined) return lines(toRecords(head, cells, columns));
  const align = rows.columns.map((_, column) => alignmentOf(rows.rows.map((row) => row[column])));
  return lines([
    theme.strong(drawLine(head, widths, align)),
    theme.dim(drawRule(widths)),
    ...cells.map((row) => drawLine(row, widths, align)),
  ]);
}

/** Each row as lines of `name  cell`, the cell wrapped, with an empty line between rows. */
function toRecords(head: readonly SafeText[], rows: readonly (readonly SafeText[])[], columns: number): SafeText[] {
  const widest = Math.max(...head.map(displayWidth));
  const nameWidth = Math.min(widest, Math.max(1, Math.floor(columns / 3)));
  const widths = [nameWidth, Math.max(1, columns - nameWidth - columnGap.length)] as const;
  const toLines = (name: SafeText, cell: SafeText): SafeText[] =>
    wrapText(cell, widths[1]).map((line, index) => drawLine([index === 0 ? name : safe``, line], widths, []));
  if (rows.length === 0) return head.map((name) => truncateToWidth(name, columns));
  return rows.flatMap((row, index) => {
    const record = head.flatMap((name, column) => toLines(name, row[column] ?? safe``));
    return index > 0 ? [safe``, ...record] : record;
  });
}

function lines(all: readonly SafeText[]): SafeText {
  return safe`${joinSafe(all, safe`\n`)}\n`;
}
