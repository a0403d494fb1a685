/**
 * Ink goes to the row it changes step by step: down to the end of the frame, up to its first row, one row down for
 * each row that stays. Between two texts only where the cursor ends counts, and that takes two moves at most.
 */

/** Up, down, to the start of a row below, to a column: CSI A, B, E and G. */
const moves = /(?:\x1b\[\d*[ABEG])+/g;
const move = /\x1b\[(\d*)([ABEG])/g;

/**
 * The same screen in fewer bytes. Downwards by line feeds: at the edge of a screen that has just become lower a move
 * stops, and the way up from there would lead into the transcript, while a line feed makes the row that is missing.
 */
export function mergeMoves(frame: string): string {
  // Every move also ends the wait for a wrap at the last column, so one has to be left.
  return frame.replace(moves, (run) => moveBy(sumOf(run)) || run);
}

/** How many rows lower the cursor stands after a frame than before it, where no row of it wraps. */
export function rowsDown(frame: string): number {
  const feeds = frame.split('\n').length - 1;
  return [...frame.matchAll(moves)].reduce((sum, [run]) => sum + sumOf(run).rows, feeds);
}

interface Sum {
  /** Downwards. */
  readonly rows: number;
  /** Counted from 1; undefined where no move changes it. */
  readonly column: number | undefined;
}

function sumOf(run: string): Sum {
  let rows = 0;
  let column: number | undefined;
  for (const [, digits, letter] of run.matchAll(move)) {
    const count = Math.max(1, Number(digits));
    if (letter === 'A') rows -= count;
    if (letter === 'B' || letter === 'E') rows += count;
    if (letter === 'E') column = 1;
    if (letter === 'G') column = count;
  }
  return { rows, column };
}

function moveBy({ rows, column }: Sum): string {
  if (column === undefined) return rows === 0 ? '' : csi(Math.abs(rows), rows < 0 ? 'A' : 'B');
  // A raw terminal still returns to the first column at a line feed: Ink's own frames count on it.
  const toRow = rows < 0 ? csi(-rows, 'A') : '\n'.repeat(rows);
  return toRow + (column > 1 ? csi(column, 'G') : rows > 0 ? '' : '\r');
}

function csi(count: number, letter: string): string {
  return `\x1b[${count === 1 ? '' : count}${letter}`;
}
