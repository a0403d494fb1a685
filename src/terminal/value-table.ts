/** Objects side by side: a row for each, a column for each key, in cells that are wrapped and never cut. */

import type { JsonNode } from '../core/json-node.ts';
import { type SafeText, safe } from './safe.ts';
import { sanitizeLine } from './sanitize.ts';
import { columnGap, drawLine, drawRule, fitWidths, naturalWidths } from './table.ts';
import { alignmentOf, cellText } from './value-column.ts';
import type { ValueLook } from './value-tree.ts';
import { wrapText } from './width.ts';

export type Row = ReadonlyMap<string, JsonNode>;

/** A row of more lines is easier to read as a tree. */
const tallestRow = 4;

/** @returns undefined when the rows cannot be read side by side: too many columns, or too long a cell */
export function drawTable(rows: readonly Row[], { columns, theme }: ValueLook): SafeText[] | undefined {
  const keys = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (keys.length === 0 || keys.length * (columnGap.length + 1) > columns + columnGap.length) return undefined;
  const head = keys.map(sanitizeLine);
  const cells = rows.map((row) => keys.map((key) => cellText(row.get(key))));
  const widths = fitWidths(naturalWidths(head, cells), columns);
  if (widths === undefined) return undefined;

  const align = keys.map((key) => alignmentOf(rows.map((row) => row.get(key))));
  const body = cells.map((row) => row.map((cell, column) => wrapText(cell, widths[column] ?? 1)));
  const heights = body.map((row) => row.reduce((height, lines) => Math.max(height, lines.length), 1));
  if (heights.some((height) => height > tallestRow)) return undefined;

  const lines = [theme.strong(drawLine(head, widths, align)), theme.dim(drawRule(widths))];
  // Rows of several lines run into each other without air between them.
  const isTall = heights.some((height) => height > 1);
  for (const [index, row] of body.entries()) {
    if (isTall && index > 0) lines.push(safe``);
    for (let line = 0; line < (heights[index] ?? 1); line++) {
      const placed = row.map((cellLines) => cellLines[line] ?? safe``);
      lines.push(drawLine(placed, widths, align));
    }
  }
  return lines;
}
