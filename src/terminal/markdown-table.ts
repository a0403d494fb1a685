/**
 * Tables by display width: columns narrowed by turns to fit, cells wrapped; where that would leave columns too
 * narrow to read, each row becomes a short list of `head: cell`.
 */

import type { Tokens } from 'marked';
import type { MarkdownOptions } from './markdown.ts';
import { renderInline } from './markdown-inline.ts';
import { joinSafe, type SafeText, safe } from './safe.ts';
import { cellWidth, drawLine, drawRule, fitWidths } from './table.ts';
import { wrapText } from './width.ts';

export function renderTable(table: Tokens.Table, options: MarkdownOptions): SafeText[] {
  const { columns, theme } = options;
  const head = table.header.map((cell) => theme.strong(renderInline(cell.tokens, options)));
  const rows = table.rows.map((row) => row.map((cell) => renderInline(cell.tokens, options)));
  const natural = head.map((_, column) => Math.max(1, ...[head, ...rows].map((row) => cellWidth(row[column] ?? ''))));
  const widths = fitWidths(natural, columns);
  if (widths === undefined) return renderRecords(head, rows, options);
  const draw = (row: readonly SafeText[]) => drawRow(row, widths, table.align);
  const rule = theme.dim(drawRule(widths));
  const body = rows.map(draw);
  // Rows of several lines run into each other without air between them.
  const tall = body.some((lines) => lines.length > 1);
  return [...draw(head), rule, ...body.flatMap((lines, index) => (tall && index > 0 ? [safe``, ...lines] : lines))];
}

function drawRow(
  row: readonly SafeText[],
  widths: readonly number[],
  align: Tokens.Table['align'],
): readonly SafeText[] {
  const cells = widths.map((width, column) => wrapText(row[column] ?? safe``, width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const line = cells.map((lines) => lines[index] ?? safe``);
    return drawLine(line, widths, align);
  });
}

function renderRecords(
  head: readonly SafeText[],
  rows: readonly (readonly SafeText[])[],
  { columns }: MarkdownOptions,
): SafeText[] {
  if (rows.length === 0) return head.flatMap((name) => wrapText(name, columns));
  return rows.flatMap((row, index) => {
    const lines = row.flatMap((cell, column) => wrapText(joinSafe([head[column] ?? safe``, safe`: `, cell]), columns));
    return index > 0 ? [safe``, ...lines] : lines;
  });
}
