/**
 * Tables by display width: columns narrowed by turns to fit, cells wrapped; where that would leave columns too
 * narrow to read, each row becomes a short list of `head: cell`.
 */

import type { Tokens } from 'marked';
import type { MarkdownOptions } from './markdown.ts';
import { renderInline } from './markdown-inline.ts';
import { joinSafe, markSafe, type SafeText, safe } from './safe.ts';
import { displayWidth, wrapText } from './width.ts';

export function renderTable(table: Tokens.Table, options: MarkdownOptions): SafeText[] {
  const { columns, theme } = options;
  const head = table.header.map((cell) => theme.strong(renderInline(cell.tokens, options)));
  const rows = table.rows.map((row) => row.map((cell) => renderInline(cell.tokens, options)));
  const natural = head.map((_, column) => Math.max(1, ...[head, ...rows].map((row) => widest(row[column]))));
  const widths = fitWidths(natural, columns - separator.length * (natural.length - 1));
  if (widths === undefined) return renderRecords(head, rows, options);
  const draw = (row: readonly SafeText[]) => drawRow(row, widths, table.align);
  const rule = theme.dim(markSafe(widths.map((width) => '-'.repeat(width)).join(separator)));
  const body = rows.map(draw);
  // Rows of several lines run into each other without air between them.
  const tall = body.some((lines) => lines.length > 1);
  return [...draw(head), rule, ...body.flatMap((lines, index) => (tall && index > 0 ? [safe``, ...lines] : lines))];
}

const separator = '  ';
/** A column that has to be narrower than this, and narrower than it would like, is not readable. */
const minColumn = 8;

/** Widths in cells that sum to at most `available`: small columns keep theirs, the large ones share the rest evenly. */
function fitWidths(natural: readonly number[], available: number): readonly number[] | undefined {
  const widths = natural.map(() => 0);
  const ascending = natural.map((width, column) => ({ width, column })).sort((a, b) => a.width - b.width);
  let left = available;
  for (const [index, { width, column }] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    const given = Math.min(width, share);
    if (given < width && given < minColumn) return undefined;
    widths[column] = given;
    left -= given;
  }
  return widths;
}

function drawRow(
  row: readonly SafeText[],
  widths: readonly number[],
  align: Tokens.Table['align'],
): readonly SafeText[] {
  const cells = widths.map((width, column) => wrapText(row[column] ?? safe``, width));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) => {
    const parts = cells.map((lines, column) => pad(lines[index] ?? '', widths[column] ?? 0, align[column] ?? 'left'));
    return markSafe(parts.join(separator).trimEnd());
  });
}

function pad(text: string, width: number, align: 'left' | 'center' | 'right'): string {
  const space = Math.max(0, width - displayWidth(text));
  const before = align === 'right' ? space : align === 'center' ? Math.floor(space / 2) : 0;
  return ' '.repeat(before) + text + ' '.repeat(space - before);
}

function widest(cell: SafeText | undefined): number {
  return Math.max(0, ...(cell ?? '').split('\n').map(displayWidth));
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
