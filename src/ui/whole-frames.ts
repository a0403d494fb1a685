/**
 * Between Ink and the terminal. Ink writes a frame in three pieces or more; to the terminal it goes in one, with fewer
 * moves. Ink erases the frame that it drew last as it drew it; here the one that is on screen is erased, as the
 * terminal has wrapped it since, and a frame for a size that is gone is not written at all.
 *
 * What moves up into the transcript erases it, so the cursor goes up no further than it has come down by line feeds,
 * which the terminal cannot undo. The rows that a terminal adds when it becomes narrower are the exception: they are
 * counted for the size of the moment of writing.
 */

import { rowsWrapped } from '../terminal/reflow.ts';
import type { Frame } from './frame.ts';
import { mergeMoves, rowsDown } from './merge-moves.ts';

/** The marks of a synchronised update, which Ink writes before and after each frame. */
const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

/** The frame before it erased, what is printed in its place once and for all, and the frame below; else it is one. */
const piecesWhenPrinting = 3;

const hideCursor = '\x1b[?25l';
const eraseDown = '\x1b[J';

/** How Ink erases a frame with the cursor in it: up to its first row, and what is below (ink 8.0.0, cursor-helpers). */
const inkErases = /^\x1b\[\?25l(?:\x1b\[\d*A)?\x1b\[1?G\x1b\[J$/;

export interface WholeFramesOptions {
  /** The frame that Ink draws. */
  readonly latest: () => Frame | undefined;
  /** Asked right before a frame is written: not while the size changes. Another one has to be drawn later. */
  readonly mayDraw: () => boolean;
  /** The terminal wraps what it shows when it becomes narrower. */
  readonly reflows: boolean;
}

/** For Ink. It does not hear of new sizes: it would erase by what it drew for the old one. */
export function wholeFrames(
  stdout: NodeJS.WriteStream,
  { latest, mayDraw, reflows }: WholeFramesOptions,
): NodeJS.WriteStream {
  let pieces: string[] | undefined;
  let shown: Frame | undefined;
  /** Rows that the caret stands below the first row of ours. */
  let caretRow = 0;
  /** Ink takes the screen for empty; what is on it goes with the next thing that is written. */
  let eraseFirst = false;

  function erase(): string {
    // Of a frame that Ink has drawn late an older one may be known; then its line feeds are all that is sure. The
    // caret's own row is not counted: some terminals (xterm.js) leave it as it is, and a row too few leaves a trace of
    // our own while a row too many would erase a line of the transcript.
    const wraps = reflows && shown?.caret.y === caretRow ? shown.rows.slice(0, caretRow) : [];
    const up = caretRow + rowsWrapped(wraps, stdout.columns);
    const sequence = shown === undefined ? '' : `${hideCursor}\r${up > 0 ? `\x1b[${up}A` : ''}${eraseDown}`;
    shown = undefined;
    caretRow = 0;
    eraseFirst = false;
    return sequence;
  }

  function flush(): void {
    if (pieces === undefined) return;
    const drawn = pieces.filter((piece) => piece !== begin && piece !== end);
    pieces = undefined;
    const prints = drawn.length >= piecesWhenPrinting || drawn.some((piece) => inkErases.test(piece));
    if (!mayDraw() && !prints) {
      eraseFirst = true;
      return;
    }
    const erased = prints || eraseFirst ? erase() : '';
    const rest = drawn.filter((piece) => !inkErases.test(piece));
    // What is printed moves the first row along; the frame is what comes last.
    caretRow = Math.max(0, caretRow + rowsDown(shown === undefined ? (rest.at(-1) ?? '') : rest.join('')));
    shown = latest();
    stdout.write(begin + mergeMoves(erased + rest.join('')) + end);
  }

  function write(...written: Parameters<NodeJS.WriteStream['write']>): boolean {
    const [chunk, ...rest] = written;
    const isPiece = typeof chunk === 'string' && rest.every((argument) => argument === undefined);
    if (!isPiece || chunk === begin) flush();
    if (isPiece && pieces === undefined && inkErases.test(chunk)) {
      eraseFirst = true;
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
