/** Styled text as pieces: the sequences our own theme and links put in, and the graphemes between them. */

/** `width` in cells; 0 for a sequence. */
export interface Piece {
  readonly text: string;
  readonly width: number;
  readonly isSequence: boolean;
}

const sequences = /\x1b(?:\[[0-9;:]*m|\]8;[^\x07\x1b]*(?:\x07|\x1b\\))/g;
const sequenceHere = new RegExp(sequences.source, 'y');

/** The sequence that begins at this index, if one does. */
export function sequenceAt(text: string, index: number): string | undefined {
  if (text[index] !== '\x1b') return undefined;
  sequenceHere.lastIndex = index;
  return sequenceHere.exec(text)?.[0];
}

export function withoutSequences(text: string): string {
  return text.includes('\x1b') ? text.replace(sequences, '') : text;
}

/** @param segment  cuts plain text (no sequences in it) into pieces */
export function splitStyled(text: string, segment: (plain: string) => Iterable<Piece>): Piece[] {
  const pieces: Piece[] = [];
  let index = 0;
  const addPlain = (plain: string) => {
    for (const piece of segment(plain)) pieces.push(piece);
  };
  for (const found of text.matchAll(sequences)) {
    addPlain(text.slice(index, found.index));
    pieces.push({ text: found[0], width: 0, isSequence: true });
    index = found.index + found[0].length;
  }
  addPlain(text.slice(index));
  return pieces;
}

/** Ends every line's styles and links on that line and takes them up again on the next, so each line stands alone. */
export function carryStyles(lines: readonly string[]): string[] {
  const open: OpenStyle[] = [];
  return lines.map((line) => {
    const start = open.map((opened) => opened.sequence).join('');
    for (const found of line.matchAll(sequences)) followStyle(found[0], open);
    const end = [...open].reverse().map((opened) => opened.closing);
    return start + line + end.join('');
  });
}

export interface OpenStyle {
  readonly sequence: string;
  readonly closing: string;
}

const linkEnd = '\x1b]8;;\x1b\\';

/** Adds what the sequence starts to `open`, or takes away what it ends. */
export function followStyle(sequence: string, open: OpenStyle[]): void {
  const closing = closingOf(sequence);
  if (closing !== undefined) {
    open.push({ sequence, closing });
    return;
  }
  for (let index = open.length - 1; index >= 0; index--) {
    if (open[index]?.closing === sequence) open.splice(index, 1);
  }
}

/** The sequence that ends what this one starts; undefined when it is itself an end. */
function closingOf(sequence: string): string | undefined {
  if (sequence.startsWith('\x1b]')) return sequence === linkEnd ? undefined : linkEnd;
  const code = Number.parseInt(sequence.slice(2), 10);
  const close = closingCode(code);
  return close === undefined ? undefined : `\x1b[${close}m`;
}

function closingCode(code: number): number | undefined {
  if (code === 1 || code === 2) return 22;
  if (code >= 3 && code <= 9) return code + 20;
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return 39;
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return 49;
  return undefined;
}
