/**
 * Between Ink and the terminal. Ink writes a frame in pieces: it erases the last one as it drew it, then writes all of
 * the next one. To the terminal goes what changes, in one write; after a resize the frame that is on the screen is
 * erased as the terminal has wrapped it; and while a size is changing nothing is drawn.
 *
 * What moves up into the transcript erases it, so the cursor goes up no further than it has come down by line feeds,
 * which the terminal cannot undo. The rows that a terminal adds when it becomes narrower are the exception: they are
 * counted for the size of the moment of writing.
 */

import { eraseBelow } from '../terminal/erase-below.ts';
import { rowsWrapped } from '../terminal/reflow.ts';
import { changesBetween, toColumn, up } from './changed-rows.ts';
import { type InkFrame, isErasure, readFrame } from './ink-frame.ts';

/** The marks of a synchronised update, which Ink writes before and after each frame. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';

export interface WholeFramesOptions {
  /** Asked right before a frame is written: not while the size changes. Another one has to be drawn later. */
  readonly mayDraw: () => boolean;
  /** The terminal wraps what it shows when it becomes narrower. */
  readonly reflows: boolean;
  /** The row of the cursor for certain as well. */
  readonly reflowsCursorRow?: boolean;
}

/** A live region, as Ink believes it to be or as it is on the screen. */
interface Region {
  readonly rows: readonly string[];
  readonly cursorRow: number;
  /** Counted from 1. */
  readonly column: number;
  readonly shows: boolean;
}

const nothing: Region = { rows: [''], cursorRow: 0, column: 1, shows: false };

/** For Ink. It does not hear of new sizes: it would erase by what it drew for the old one. */
export function wholeFrames(
  stdout: NodeJS.WriteStream,
  { mayDraw, reflows, reflowsCursorRow = false }: WholeFramesOptions,
): NodeJS.WriteStream {
  let pieces: string[] | undefined;
  let believed = nothing;
  let shown = nothing;
  let columns = stdout.columns;
  /** What is on the screen cannot be told any more, or is to be drawn anew: it goes with the next thing written. */
  let eraseFirst = false;

  function erase(): string {
    const { rows, cursorRow, column } = shown;
    const wrapped = reflows ? rowsWrapped(rows.slice(0, cursorRow), stdout.columns) : 0;
    // Of the cursor's own row only what is certain counts: a row too few leaves a trace of our own, while a row too many
    // would erase a line of the transcript.
    const inCursorRow = reflowsCursorRow ? Math.floor((column - 1) / stdout.columns) : 0;
    const rowsUp = cursorRow + wrapped + inCursorRow;
    const sequence = shown === nothing ? '' : `${hideCursor}\r${up(rowsUp)}${eraseBelow}`;
    shown = nothing;
    eraseFirst = false;
    return sequence;
  }

  function flush(): void {
    if (pieces === undefined) return;
    const frame = readFrame(pieces.filter((piece) => piece !== begin && piece !== end));
    pieces = undefined;
    believed = followFrame(believed, frame);
    const isSettled = mayDraw();
    if (!isSettled && frame.printed === '') {
      eraseFirst = true;
      return;
    }
    const text = (isSettled && !eraseFirst && stdout.columns === columns && change(frame)) || drawAnew(frame);
    shown = believed;
    columns = stdout.columns;
    stdout.write(begin + text + end);
  }

  /** Undefined when it has to be drawn anew. */
  function change({ printed }: InkFrame): string | undefined {
    const next = (printed + believed.rows.join('\n')).split('\n');
    const to = next.length - believed.rows.length + believed.cursorRow;
    const changes = changesBetween(shown.rows, next, { from: shown.cursorRow, to, columns });
    if (changes === undefined) return undefined;
    return hideCursor + changes + toColumn(believed.column) + (believed.shows ? showCursor : '');
  }

  function drawAnew({ printed }: InkFrame): string {
    const { rows, cursorRow, column, shows } = believed;
    const back = up(rows.length - 1 - cursorRow) + toColumn(column) + (shows ? showCursor : '');
    return erase() + printed + rows.join('\n') + back;
  }

  function write(...written: Parameters<NodeJS.WriteStream['write']>): boolean {
    const [chunk, ...rest] = written;
    const isPiece = typeof chunk === 'string' && rest.every((argument) => argument === undefined);
    if (!isPiece || chunk === begin) flush();
    if (isPiece && pieces === undefined && isErasure(chunk)) {
      eraseFirst = true;
      believed = nothing;
      return true;
    }
    if (!isPiece || (pieces === undefined && chunk !== begin)) {
      if (eraseFirst && chunk !== '') stdout.write(erase());
      return stdout.write(...written);
    }
    // Ink draws a frame without a pause; one that an error has cut off must not keep back what comes after it.
    if (pieces === undefined) queueMicrotask(flush);
    pieces = [...(pieces ?? []), chunk];
    if (chunk === end) flush();
    return true;
  }

  const stream = new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      if (name === 'on') return listen;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  function listen(name: string, listener: (...values: unknown[]) => void): NodeJS.WriteStream {
    if (name !== 'resize') stdout.on(name, listener);
    return stream;
  }

  return stream;
}

function followFrame(region: Region, { live, cursor }: InkFrame): Region {
  const { shows } = cursor;
  if (live === undefined) {
    return { ...region, shows, cursorRow: region.cursorRow + cursor.rows, column: cursor.column ?? region.column };
  }
  const rows = live.split('\n');
  return { rows, shows, cursorRow: rows.length - 1 + cursor.rows, column: cursor.column ?? 1 };
}
