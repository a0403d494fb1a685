/**
 * The live region as rows: what is unfinished, what waits, the prompt, the status. Always lower than the screen:
 * a higher one would scroll its top into the scrollback with every frame and could not be erased again.
 */

import { rowsThatFitNarrower } from '../terminal/reflow.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { sanitizeLine } from '../terminal/sanitize.ts';
import { type GrowingView, renderGrowing } from '../terminal/value-view.ts';
import { truncateToWidth, wrapText } from '../terminal/width.ts';
import { type Dialog, layDialog } from './approval/dialog.ts';
import { completionRows } from './completion/rows.ts';
import { type EditorView, viewEditor } from './editor/layout.ts';
import { laySearch, searchedText } from './editor/search-row.ts';
import type { Look } from './look.ts';
import { layPicker } from './picker/layout.ts';
import { drawBlock } from './source.ts';
import type { ReplState, Running, Tail } from './state.ts';
import { statusRow } from './status-row.ts';
import { reasoningHead, reasoningLines, userMark } from './transcript.ts';

export interface Frame {
  readonly rows: readonly SafeText[];
  /** Cell of the insertion point, counted from the frame's first row. */
  readonly caret: { readonly x: number; readonly y: number };
  /** What stands in the prompt's place. */
  readonly dialog?: Dialog;
}

/** Of the height, where no row would wrap in a narrower terminal: with the prompt it fits half a screen still. */
const tailShare = 0.4;

/** Cells a row of the editor has. One is left for the caret behind the last character. */
export function editorColumns(columns: number): number {
  return Math.max(2, columns - promptMark(columns).length - 1);
}

/** @param tail  lines of `state.running.live.tail`; made by `tailLines`, apart, because they change less often */
export function layFrame(state: ReplState, look: Look, tail: GrowingView): Frame {
  const { columns } = look;
  const height = Math.max(1, state.rows - 1);
  if (state.asking !== undefined) {
    const dialog = layDialog(state.asking, height, look);
    return { rows: dialog.rows, caret: dialog.caret, dialog };
  }
  if (state.picking !== undefined) return layPicker(state.picking, height, state.running?.seconds ?? 0, look);
  const searching = state.editor.search && laySearch(state.editor.search, look);
  const editor = viewEditor(searchedText(state.editor), editorColumns(columns), Math.max(1, Math.floor(height / 3)));

  const status = height >= 2 ? [searching?.row ?? statusRow(state, look)] : [];
  const gap = height >= 8 ? [safe``] : [];
  const under = height - editor.rows.length - status.length - gap.length;
  const offered = state.completing === undefined ? [] : completionRows(state.completing, under, look);
  const spare = under - offered.length;
  const waiting = cutToLast(waitingRows(state, look, tail.lines.length > 0), spare);
  const unfinished = cutTail(tail, Math.min(spare - waiting.length, Math.ceil(height * tailShare)), height, look);

  const above = [...unfinished, ...waiting, ...gap];
  const mark = promptMark(columns);
  return {
    rows: [...above, ...promptRows(editor, mark, look), ...offered, ...status],
    caret:
      searching !== undefined && status.length > 0
        ? { x: searching.x, y: above.length + editor.rows.length + offered.length }
        : { x: Math.min(mark.length + editor.caret.x, columns - 1), y: above.length + editor.caret.y },
  };
}

/** @param rows  of the screen: no more of a value is laid out */
export function tailLines(tail: Tail | undefined, look: Look, rows: number): GrowingView {
  if (tail === undefined) return { lines: [], above: 0 };
  const apart = tail.first ? [safe``] : [];
  switch (tail.kind) {
    case 'answer':
      return { lines: [...apart, ...tail.blocks.flatMap((block) => drawBlock(block, look))], above: 0 };
    case 'reasoning': {
      const head = tail.first ? [reasoningHead(look)] : [];
      return { lines: [...apart, ...head, ...reasoningLines(tail.line, look)], above: 0 };
    }
    case 'folded':
      return {
        lines: [...apart, look.theme.reasoning(truncateToWidth(safe`thinking: ${tail.words} words`, look.columns))],
        above: 0,
      };
    case 'value': {
      const { lines, above } = renderGrowing(tail.text, { ...look, maxRows: rows });
      return { lines: above > 0 ? lines : [...apart, ...lines], above };
    }
    case 'large-value': {
      const size = safe`... ${Math.floor(tail.bytes / 1024)} KB of JSON so far`;
      return { lines: [...apart, look.theme.dim(truncateToWidth(size, look.columns))], above: 0 };
    }
    default:
      return tail satisfies never;
  }
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

/** Running tools, or the wait for the first word, then what comes after. */
function waitingRows(
  { running, queue, queueHeld, held }: ReplState,
  { columns, theme }: Look,
  drawing: boolean,
): readonly SafeText[] {
  const rows: SafeText[] = [];
  if (running !== undefined) {
    const tools = running.live.tools.map(({ label }) => safe`* ${label} ...${seconds(running)}`);
    if (tools.length > 0) rows.push(...tools);
    else if (running.live.note !== undefined) rows.push(safe``, ...wrapText(running.live.note, columns));
    else if (!drawing) rows.push(safe``, safe`...${seconds(running)}`);
  }
  for (const { command } of held) rows.push(safe`${sanitizeLine(command.slice(0, 500))} answers after this`);
  const mark = queueHeld ? safe`waiting` : safe`queued`;
  for (const { text } of queue) rows.push(safe`${mark}: ${sanitizeLine(text.slice(0, 500))}`);
  return rows.map((row) => theme.dim(truncateToWidth(row, columns)));
}

function seconds(running: Running): SafeText {
  return running.seconds === 0 ? safe`` : safe` ${running.seconds} s`;
}

function cutToLast(rows: readonly SafeText[], room: number): readonly SafeText[] {
  return room <= 0 ? [] : rows.slice(-room);
}

function cutTail(
  { lines, above }: GrowingView,
  share: number,
  height: number,
  { columns, theme }: Look,
): readonly SafeText[] {
  const room = Math.min(share, rowsThatFitNarrower(lines, columns, height));
  if (above === 0 && lines.length <= room) return lines;
  if (room < 3) return cutToLast(lines, room);
  const shown = lines.slice(-(room - 1));
  const hidden = above + lines.length - shown.length;
  const note = safe`... ${hidden} lines above are still being written`;
  return [theme.dim(truncateToWidth(note, columns)), ...shown];
}
