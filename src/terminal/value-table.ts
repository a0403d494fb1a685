/** Objects side by side: a row for each, a column for each key, in cells that are wrapped and never cut. */

import { type JsonNode, printJson } from '../core/json-node.ts';
import { safeJsonText } from './json.ts';
import { type SafeText, safe } from './safe.ts';
import { sanitize, sanitizeLine } from './sanitize.ts';
import { cellWidth, columnGap, drawLine, drawRule, fitWidths } from './table.ts';
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
  const natural = head.map((name, column) =>
    cells.reduce((widest, row) => Math.max(widest, cellWidth(row[column] ?? '')), Math.max(1, cellWidth(name))),
  );
  const widths = fitWidths(natural, columns);
  if (widths === undefined) return undefined;

  const align = keys.map((key) => (isNumeric(rows, key) ? 'right' : 'left'));
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

/** What is null or not there is an empty cell. */
function cellText(node: JsonNode | undefined): SafeText {
  if (node === undefined || node.kind === 'null') return safe``;
  return node.kind === 'string' ? sanitize(node.value) : safeJsonText(printJson(node));
}

function isNumeric(rows: readonly Row[], key: string): boolean {
  return rows.every((row) => ['number', 'null', undefined].includes(row.get(key)?.kind));
}
