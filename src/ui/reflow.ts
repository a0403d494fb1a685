/**
 * Most terminals wrap what is on screen anew when they become narrower: rows of the live region become several,
 * and erasing the number of rows that were drawn leaves some of them behind, once for each step of the resize.
 */

import type { SafeText } from '../terminal/safe.ts';
import { withoutSequences } from '../terminal/styled-text.ts';
import { displayWidth, wrapExactly } from '../terminal/width.ts';
import type { Frame } from './frame.ts';

/**
 * How many rows more than drawn stand between the frame's first row and the caret, at this width.
 * The caret's own row counts as one: some terminals (xterm.js) leave it as it is, and a row too few leaves a trace
 * of our own while a row too many would erase a line of the transcript.
 */
export function rowsGained({ rows, caret }: Frame, columns: number): number {
  return rows.slice(0, caret.y).reduce((sum, row) => sum + wrapExactly(row, columns).length - 1, 0);
}

/** A window that is put back to its small size, or split in two, gets so narrow in one step; a drag takes many. */
const narrowColumns = 40;

/** Of the screen; the rest is for the prompt and the status, which wrap as well. */
const shareAfterwards = 0.75;

/**
 * How many of the last rows may be drawn: when the terminal becomes half as wide, or 40 columns, in one step, they have
 * to fit the screen still. What is pushed into the scrollback cannot be erased, and would stand there twice.
 */
export function rowsThatFitNarrower(rows: readonly SafeText[], columns: number, height: number): number {
  const narrow = Math.max(10, Math.min(Math.floor(columns / 2), narrowColumns));
  let room = Math.floor(height * shareAfterwards);
  let count = 0;
  for (const row of rows.slice(-height).reverse()) {
    // A row with styles but of ASCII is measured at once when they are gone.
    room -= Math.max(1, Math.ceil(displayWidth(withoutSequences(row)) / narrow));
    if (room < 0) break;
    count += 1;
  }
  return count;
}

/** xterm and the Linux console cut long rows instead; GNU screen does too. tmux, which says `screen` as well, wraps. */
export function terminalReflows(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { TERM = '', XTERM_VERSION, TMUX } = environment;
  if (XTERM_VERSION !== undefined || TERM === 'linux') return false;
  return !TERM.startsWith('screen') || TMUX !== undefined;
}
