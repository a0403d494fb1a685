/**
 * Most terminals wrap what is on screen anew when they become narrower: rows that were drawn become several, and
 * erasing as many as were drawn leaves some of them behind, once for each step of the resize.
 */

import { markSafe, type SafeText } from './safe.ts';
import { withoutSequences } from './styled-text.ts';
import { displayWidth, wrapExactly } from './width.ts';

/**
 * How many rows more than were drawn stand on screen, at this width.
 * @param rows  as they are on the screen, so nothing in them is unsafe any more
 */
export function rowsWrapped(rows: readonly string[], columns: number): number {
  return rows.reduce((sum, row) => sum + wrapExactly(markSafe(row), columns).length - 1, 0);
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
