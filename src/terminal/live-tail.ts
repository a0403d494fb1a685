/**
 * The unfinished end of a text on a terminal that is otherwise only written on: drawn below what is final, and
 * changed in place until it is final too. Nothing above it is ever touched, and it is lower than the screen, also than
 * one that is narrow all of a sudden, so that nothing of it can get into the scrollback.
 */

import { eraseBelow } from './erase-below.ts';
import { rowsThatFitNarrower, rowsWrapped } from './reflow.ts';
import { joinSafe, markSafe, type SafeText, safe } from './safe.ts';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface LiveTail {
  /**
   * What has to be written for `final` to stand there for good and `tail` below it.
   * @param size  of the screen as it is at this moment, and what the lines are laid out for
   */
  draw(final: readonly SafeText[], tail: readonly SafeText[], size: ScreenSize): SafeText;
}

/** @param reflows  the terminal wraps what it shows when it becomes narrower */
export function createLiveTail(reflows = true): LiveTail {
  /** The cursor stands behind the last of these, or at the start of an empty row when there are none. */
  let drawn: readonly SafeText[] = [];
  let drawnFor: ScreenSize = { columns: 0, rows: 0 };

  return {
    draw(final, tail, size) {
      const room = Math.min(size.rows - 1, rowsThatFitNarrower(tail, size.columns, size.rows));
      const shown = tail.slice(-Math.max(1, room));
      const lines = [...final, ...shown];
      const isResized = size.columns !== drawnFor.columns || size.rows !== drawnFor.rows;
      const written = drawn.length > 0 && isResized ? replace(drawn, lines, size) : change(drawn, lines);
      drawn = shown;
      drawnFor = size;
      return shown.length === 0 && lines.length > 0 ? safe`${written}\n` : written;
    },
  };

  /**
   * The row of the cursor is not counted among those that wrap: some terminals (xterm.js) leave it as it is, and a row
   * too few leaves a trace of our own while a row too many would erase what stands above.
   */
  function replace(before: readonly SafeText[], after: readonly SafeText[], { columns }: ScreenSize): SafeText {
    const above = before.slice(0, -1);
    return joinSafe([eraseFrom(above.length + (reflows ? rowsWrapped(above, columns) : 0)), joinLines(after)]);
  }
}

/** From the lines on the screen to those that have to stand in their place. */
function change(before: readonly SafeText[], after: readonly SafeText[]): SafeText {
  if (before.length === 0) return joinLines(after);
  const last = before.length - 1;
  const same = before.findIndex((line, index) => line !== after[index]);
  if (same === -1) return joinLines([safe``, ...after.slice(before.length)]);
  const added = same === last ? addition(before[last] ?? safe``, after[last] ?? safe``) : undefined;
  if (added !== undefined) return joinLines([added, ...after.slice(before.length)]);
  const from = Math.max(0, Math.min(same, after.length - 1));
  const up = last - from;
  return joinSafe([eraseFrom(up), joinLines(after.slice(from))]);
}

function eraseFrom(rowsUp: number): SafeText {
  return markSafe(`${rowsUp > 0 ? `\x1b[${rowsUp}A` : ''}\r${eraseBelow}`);
}

/** The usual case: a word more at the end. Only what cannot join the character before it. */
function addition(before: SafeText, after: SafeText): SafeText | undefined {
  if (!after.startsWith(before)) return undefined;
  const added = after.slice(before.length);
  return /^[\x20-\x7e]/.test(added) ? markSafe(added) : undefined;
}

function joinLines(lines: readonly SafeText[]): SafeText {
  return joinSafe(lines, safe`\n`);
}
