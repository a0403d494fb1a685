/**
 * Ink goes to the row it changes step by step: down to the end of the frame, up to its first row, one row down for
 * each row that stays. Between two texts only where the cursor ends counts, and that takes two moves at most.
 */

/** Up, down, to the start of a row below, to a column: CSI A, B, E and G. */
const moves = /(?:\x1b\[\d*[ABEG])+/g;
const move = /\x1b\[(\d*)([ABEG])/g;

/**
 * The same screen in fewer bytes. The rows that are passed have to be on the screen: a move that would stop at its
 * edge is not the same as a part of it.
 */
export function mergeMoves(frame: string): string {
  return frame.replace(moves, (run) => {
    const merged = moveBy(sumOf(run));
    // Every move also ends the wait for a wrap at the last column, so one has to be left.
    return merged !== '' && merged.length < run.length ? merged : run;
  });
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
  const vertical = rows === 0 ? '' : csi(Math.abs(rows), rows < 0 ? 'A' : 'B');
  if (column === undefined) return vertical;
  return vertical + (column === 1 ? '\r' : csi(column, 'G'));
}

function csi(count: number, letter: string): string {
  return `\x1b[${count === 1 ? '' : count}${letter}`;
}
