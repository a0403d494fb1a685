/**
 * Most terminals wrap what is on screen anew when they become narrower: rows of the live region become several,
 * and erasing the number of rows that were drawn leaves some of them behind, once for each step of the resize.
 */

import { wrapExactly } from '../terminal/width.ts';
import type { Frame } from './frame.ts';

/**
 * How many rows more than drawn stand between the frame's first row and the caret, at this width.
 * The caret's own row counts as one: some terminals (xterm.js) leave it as it is, and a row too few leaves a trace
 * of our own while a row too many would erase a line of the transcript.
 */
export function rowsGained({ rows, caret }: Frame, columns: number): number {
  return rows.slice(0, caret.y).reduce((sum, row) => sum + wrapExactly(row, columns).length - 1, 0);
}

/** xterm and the Linux console cut long rows instead; GNU screen does too. tmux, which says `screen` as well, wraps. */
export function terminalReflows(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { TERM = '', XTERM_VERSION, TMUX } = environment;
  if (XTERM_VERSION !== undefined || TERM === 'linux') return false;
  return !TERM.startsWith('screen') || TMUX !== undefined;
}
