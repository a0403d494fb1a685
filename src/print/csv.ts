/** `-o csv` and `-o tsv`: rows for spreadsheets and programs. */

import { stringify } from 'csv-stringify/sync';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { defuse, fileCellText } from './cell.ts';
import type { Rows } from './rows.ts';

/** RFC 4180 with LF: a header, quotes only where needed. Nothing at all without a column. */
export function toCsv(rows: Rows): SafeText {
  // A line with nothing on it is no row to most readers.
  const options = { quoted_empty: rows.columns.length === 1 };
  return sanitize(rows.columns.length === 0 ? '' : stringify(toTable(rows), options));
}

/**
 * A record is always one line and a tab always a boundary, so that cut, sort and awk work: tab, line end and
 * backslash in a cell are written `\t`, `\n`, `\\`, as jq and PostgreSQL do. No quotes.
 */
export function toTsv(rows: Rows): SafeText {
  if (rows.columns.length === 0) return safe``;
  const lines = toTable(rows).map((cells) => `${cells.map(escapeCell).join('\t')}\n`);
  return sanitize(lines.join(''));
}

function toTable({ columns, rows }: Rows): SafeText[][] {
  return [columns.map((name) => defuse(sanitize(name))), ...rows.map((cells) => cells.map(fileCellText))];
}

function escapeCell(cell: string): string {
  return cell.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
}
