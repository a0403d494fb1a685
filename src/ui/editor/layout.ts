/**
 * The editor's text on rows of the screen: broken at the edge by grapheme, wide characters whole, and the cell of
 * the caret. Only the lines around the caret are laid out, so a pasted megabyte costs no more than a screen of it.
 */

import { joinSafe, type SafeText, safe } from '../../terminal/safe.ts';
import { reveal, sanitizeLine } from '../../terminal/sanitize.ts';
import { displayWidth, graphemes } from '../../terminal/width.ts';
import { type Pastes, pasteLabel } from './paste.ts';
import { pieceAt } from './pieces.ts';

/** Part of the text on one row of the screen, by offsets. The caret may stand on each of them, `end` included
 * only where the line ends. */
export interface Row {
  readonly start: number;
  readonly end: number;
}

export interface EditorView {
  readonly rows: readonly SafeText[];
  /** Row and cell of the caret inside `rows`. */
  readonly caret: { readonly x: number; readonly y: number };
  /** The first row shown is the text's first; the last shown its last. */
  readonly fromStart: boolean;
  readonly toEnd: boolean;
}

export interface Caret {
  readonly text: string;
  readonly caret: number;
  readonly goal?: number | undefined;
  readonly pastes?: Pastes;
}

/** The text and the width it is laid out for. */
interface Sheet {
  readonly text: string;
  readonly pastes: Pastes;
  readonly columns: number;
}

/**
 * @param columns  cells a row has, at least 2; the caret may stand behind the last one
 * @param maxRows  a longer text scrolls inside them, the caret in the middle
 */
export function viewEditor(editor: Caret, columns: number, maxRows: number): EditorView {
  const { text, caret } = editor;
  const sheet = sheetOf(editor, columns);
  const { rows, index } = rowsAround(sheet, caret, maxRows);
  const before = Math.floor((maxRows - 1) / 2);
  const top = Math.max(0, Math.min(index - before, rows.length - maxRows));
  const shown = rows.slice(top, top + maxRows);
  const row = rows[index] ?? { start: 0, end: 0 };
  return {
    rows: shown.map(({ start, end }) => joinSafe(cellsOf(sheet, start, end).map((cell) => cell.shown))),
    caret: { x: widthOf(sheet, row.start, caret), y: index - top },
    fromStart: shown[0]?.start === 0,
    toEnd: shown.at(-1)?.end === text.length,
  };
}

export function isOnFirstRow(editor: Caret, columns: number): boolean {
  return rowOf(sheetOf(editor, columns), editor.caret).start === 0;
}

export function isOnLastRow(editor: Caret, columns: number): boolean {
  return rowOf(sheetOf(editor, columns), editor.caret).end === editor.text.length;
}

/** The caret one row up or down, as near to the goal column as graphemes allow. */
export function moveVertically(
  editor: Caret,
  by: 1 | -1,
  columns: number,
): { readonly caret: number; readonly goal: number } {
  const { text, caret, goal } = editor;
  const sheet = sheetOf(editor, columns);
  const { rows, index } = rowsAround(sheet, caret, 1);
  const here = rows[index] ?? { start: 0, end: 0 };
  const aim = goal ?? widthOf(sheet, here.start, caret);
  const there = rows[index + by];
  if (there === undefined) return { caret: by === 1 ? text.length : 0, goal: aim };

  let x = 0;
  let offset = there.start;
  for (const { source, width } of cellsOf(sheet, there.start, there.end)) {
    if (x + width > aim) break;
    // The end of a row that goes on is the start of the next one.
    if (offset + source.length === there.end && !isLineEnd(text, there.end)) break;
    x += width;
    offset += source.length;
  }
  return { caret: offset, goal: aim };
}

/** At least `reach` rows before and after the caret's row where the text has them. */
function rowsAround(
  sheet: Sheet,
  caret: number,
  reach: number,
): { readonly rows: readonly Row[]; readonly index: number } {
  const { text } = sheet;
  let first = pieceAt(text, caret);
  let last = first;
  let rows = rowsOfPiece(sheet, first);
  let index = rows.findLastIndex((row) => row.start <= caret);

  while (first.start > 0 && index < reach) {
    first = pieceAt(text, first.start - 1);
    const above = rowsOfPiece(sheet, first);
    rows = [...above, ...rows];
    index += above.length;
  }
  while (last.end < text.length && rows.length - 1 - index < reach) {
    last = pieceAt(text, isLineEnd(text, last.end) ? last.end + 1 : last.end);
    rows = [...rows, ...rowsOfPiece(sheet, last)];
  }
  return { rows, index };
}

function rowOf(sheet: Sheet, caret: number): Row {
  return rowsOfPiece(sheet, pieceAt(sheet.text, caret)).findLast((row) => row.start <= caret) ?? { start: 0, end: 0 };
}

function rowsOfPiece(sheet: Sheet, { start, end }: Row): readonly Row[] {
  const { columns } = sheet;
  const rows: Row[] = [];
  let rowStart = start;
  // The common long line (a log, base64) needs no segmenting: a cell is a character.
  if (/^[\x20-\x7e]*$/.test(sheet.text.slice(start, end))) {
    for (; end - rowStart > columns; rowStart += columns) rows.push({ start: rowStart, end: rowStart + columns });
    return [...rows, { start: rowStart, end }];
  }
  let x = 0;
  let offset = start;
  for (const { source, width } of cellsOf(sheet, start, end)) {
    if (x + width > columns && offset > rowStart) {
      rows.push({ start: rowStart, end: offset });
      rowStart = offset;
      x = 0;
    }
    x += width;
    offset += source.length;
  }
  return [...rows, { start: rowStart, end }];
}

interface Cell {
  readonly source: string;
  /** What stands for it on the screen: itself, blanks for a tab, an escape such as `\u{1B}` for what has no shape. */
  readonly shown: SafeText;
  readonly width: number;
}

/** Characters that are graphemes by themselves when only such stand together: no segmenting is needed. */
const simple = /^[\x20-\x7e\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3]*$/;

const known = new Map<string, Cell>();
const maxKnown = 20_000;

function cellsOf({ text, pastes, columns }: Sheet, start: number, end: number): readonly Cell[] {
  const part = text.slice(start, end);
  if (simple.test(part)) return part.split('').map(cellOf);
  return graphemes(part).map((source) => {
    const paste = pastes.get(source);
    if (paste === undefined) return cellOf(source);
    const shown = pasteLabel(paste, columns);
    return { source, shown, width: displayWidth(shown) };
  });
}

function cellOf(source: string): Cell {
  let cell = known.get(source);
  if (cell === undefined) {
    if (known.size >= maxKnown) known.clear();
    cell = measure(source);
    known.set(source, cell);
  }
  return cell;
}

function measure(source: string): Cell {
  if (source === '\t') return { source, shown: safe`    `, width: 4 };
  const clean = sanitizeLine(source);
  const shown = displayWidth(clean) > 0 ? clean : reveal(source);
  return { source, shown, width: displayWidth(shown) };
}

function widthOf(sheet: Sheet, start: number, end: number): number {
  return cellsOf(sheet, start, end).reduce((sum, cell) => sum + cell.width, 0);
}

const noPastes: Pastes = new Map();

function sheetOf({ text, pastes = noPastes }: Caret, columns: number): Sheet {
  return { text, pastes, columns };
}

function isLineEnd(text: string, offset: number): boolean {
  return offset === text.length || text[offset] === '\n';
}
