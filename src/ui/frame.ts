/**
 * The live region as rows: what is unfinished, what waits, the prompt, the status. Always lower than the screen:
 * a higher one would scroll its top into the scrollback with every frame and could not be erased again.
 */

import { renderBlock } from '../terminal/markdown.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { displayWidth, truncateToWidth } from '../terminal/width.ts';
import { type EditorView, viewEditor } from './editor/layout.ts';
import type { Look } from './look.ts';
import type { ReplState, Running, Tail } from './state.ts';
import { reasoningHead, reasoningLines, userMark } from './transcript.ts';

export interface Frame {
  readonly rows: readonly SafeText[];
  /** Cell of the insertion point, counted from the frame's first row. */
  readonly caret: { readonly x: number; readonly y: number };
}

/** The row of the caret and the status. */
const heightWhileResizing = 2;

/**
 * Of the height. A terminal that becomes narrower wraps the frame into more rows; those that do not fit go into
 * the scrollback, where they cannot be erased. This leaves room for the usual paragraph and for a third less width.
 */
const tailShare = 0.6;

/** Cells a row of the editor has. One is left for the caret behind the last character. */
export function editorColumns(columns: number): number {
  return Math.max(2, columns - promptMark(columns).length - 1);
}

/** @param tail  lines of `state.running.live.tail`; made by `tailLines`, apart, because they change less often */
export function layFrame(state: ReplState, look: Look, tail: readonly SafeText[]): Frame {
  const { columns } = look;
  const height = Math.min(Math.max(1, state.rows - 1), state.resizing ? heightWhileResizing : Number.POSITIVE_INFINITY);
  const editor = viewEditor(state.editor, editorColumns(columns), Math.max(1, Math.floor(height / 3)));

  const status = height >= 2 ? [statusRow(state, look)] : [];
  const gap = height >= 8 ? [safe``] : [];
  const spare = height - editor.rows.length - status.length - gap.length;
  const waiting = cutToLast(waitingRows(state, look, tail.length > 0), spare);
  const unfinished = cutTail(tail, Math.min(spare - waiting.length, Math.ceil(height * tailShare)), look);

  const above = [...unfinished, ...waiting, ...gap];
  const mark = promptMark(columns);
  return {
    rows: [...above, ...promptRows(editor, mark, look), ...status],
    caret: { x: Math.min(mark.length + editor.caret.x, columns - 1), y: above.length + editor.caret.y },
  };
}

export function tailLines(tail: Tail | undefined, look: Look): readonly SafeText[] {
  if (tail === undefined) return [];
  const apart = tail.first ? [safe``] : [];
  if (tail.kind === 'answer') return [...apart, ...tail.blocks.flatMap((block) => renderBlock(block, look))];
  const head = tail.first ? [reasoningHead(look)] : [];
  return [...apart, ...head, ...reasoningLines(tail.line, look)];
}

function promptMark(columns: number): SafeText {
  return columns >= 8 ? userMark : safe``;
}

function promptRows(editor: EditorView, mark: SafeText, { theme, columns }: Look): readonly SafeText[] {
  const indent = sanitizeLine(' '.repeat(mark.length));
  return editor.rows.map((row, index) => {
    const first = index === 0 && editor.fromStart;
    const hidden = (index === 0 && !editor.fromStart) || (index === editor.rows.length - 1 && !editor.toEnd);
    const sign = first ? theme.user(mark) : hidden ? theme.dim(safe`. `) : indent;
    return safe`${columns >= 8 ? sign : safe``}${row}`;
  });
}

/** Running tools, or the wait for the first word, then what is queued. */
function waitingRows({ running, queue }: ReplState, { columns, theme }: Look, drawing: boolean): readonly SafeText[] {
  const rows: SafeText[] = [];
  if (running !== undefined) {
    const tools = running.live.tools.map(({ label }) => safe`* ${label} ...${seconds(running)}`);
    if (tools.length > 0) rows.push(...tools);
    else if (!drawing) rows.push(safe``, safe`...${seconds(running)}`);
  }
  for (const text of queue) rows.push(safe`queued: ${sanitizeLine(text.slice(0, 500))}`);
  return rows.map((row) => theme.dim(truncateToWidth(row, columns)));
}

function seconds(running: Running): SafeText {
  return running.seconds === 0 ? safe`` : safe` ${running.seconds} s`;
}

function statusRow(state: ReplState, { columns, theme }: Look): SafeText {
  const hint = hintOf(state);
  const { profile, model } = state.status;
  const who = sanitizeLine(model === undefined ? profile : `${profile} | ${model}`);
  const room = columns - displayWidth(hint) - 3;
  const row = room < 4 ? hint : joinSafe([truncateToWidth(who, room), hint], safe` | `);
  return theme.dim(truncateToWidth(row, columns));
}

/** What matters now. */
function hintOf({ quitArmed, running, editor }: ReplState): SafeText {
  if (quitArmed) return safe`Ctrl+C again to quit`;
  if (running?.stopping) return safe`stopping`;
  if (running !== undefined) return editor.text === '' ? safe`Ctrl+C stops` : safe`Enter queues, Ctrl+C stops`;
  return editor.text === '' ? safe`/help` : safe`Enter sends`;
}

function cutToLast(rows: readonly SafeText[], room: number): readonly SafeText[] {
  return room <= 0 ? [] : rows.slice(-room);
}

function cutTail(lines: readonly SafeText[], room: number, { columns, theme }: Look): readonly SafeText[] {
  if (lines.length <= room) return lines;
  if (room < 3) return cutToLast(lines, room);
  const hidden = lines.length - room + 1;
  const note = safe`... ${hidden} lines above are still being written`;
  return [theme.dim(truncateToWidth(note, columns)), ...lines.slice(hidden)];
}
