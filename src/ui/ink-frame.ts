/**
 * What Ink writes for a frame, read back (ink 8.0.0: renderInteractiveFrame, log-update.js and cursor-helpers.js).
 * Without incremental rendering it writes all of the live region each time.
 */

export interface InkFrame {
  /** Printed for good, above the live region. */
  readonly printed: string;
  /** The live region, ending with a line feed; undefined when only the cursor moves. */
  readonly live: string | undefined;
  readonly cursor: CursorMove;
}

/** From the end of the live region, or, when only the cursor moves, from where it is. */
export interface CursorMove {
  /** Downwards. */
  readonly rows: number;
  /** Counted from 1; undefined where no move changes it. */
  readonly column: number | undefined;
  readonly shows: boolean;
}

/** How Ink erases a frame with the cursor in it: up to its first row, and what is below. */
const erasure = /^\x1b\[\?25l(?:\x1b\[\d*A)?\x1b\[1?G\x1b\[J$/;

export function isErasure(piece: string): boolean {
  return erasure.test(piece);
}

/** Cursor hidden or shown, moves (CSI A, B, E, G), erasures (CSI J, K): what stands before the rows and after them. */
const controlsBefore = /^(?:\x1b\[(?:\?25[hl]|\d*[ABEGJK]))*/;
const controlsAfter = /(?:\x1b\[(?:\?25[hl]|\d*[ABEG]))*$/;
const hide = '\x1b[?25l';
const show = '\x1b[?25h';

/** @param pieces  what is written between the two marks of a synchronised update */
export function readFrame(pieces: readonly string[]): InkFrame {
  const parts = pieces.filter((piece) => !isErasure(piece) && piece !== hide);
  const frame = parts.at(-1) ?? '';
  const before = controlsBefore.exec(frame)?.[0] ?? '';
  const body = frame.slice(before.length);
  // Only the end of what may be long is searched.
  const last = body.slice(body.lastIndexOf('\n') + 1);
  const after = controlsAfter.exec(last)?.[0] ?? '';
  const live = body.slice(0, body.length - after.length);
  const shows = frame.endsWith(show);
  if (live === '' && !/[JK]/.test(before)) return { printed: '', live: undefined, cursor: { ...moveOf(frame), shows } };
  return { printed: parts.slice(0, -1).join(''), live, cursor: { ...moveOf(after), shows } };
}

function moveOf(controls: string): Pick<CursorMove, 'rows' | 'column'> {
  let rows = 0;
  let column: number | undefined;
  for (const [, digits, letter] of controls.matchAll(/\x1b\[(\d*)([ABEG])/g)) {
    const count = Math.max(1, Number(digits));
    if (letter === 'A') rows -= count;
    if (letter === 'B' || letter === 'E') rows += count;
    if (letter === 'E') column = 1;
    if (letter === 'G') column = count;
  }
  return { rows, column };
}
