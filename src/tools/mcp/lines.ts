export interface LineOptions {
  readonly maxBytes: number;
  readonly onLine: (line: string) => void;
  /** Told once, of a line that is longer; nothing more is read then. */
  readonly onTooLong: () => void;
}

/** Takes bytes cut anywhere and gives whole lines, each byte copied once however long the line is. */
export function lineSplitter({ maxBytes, onLine, onTooLong }: LineOptions): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const keep = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= maxBytes) pieces.push(piece);
  };
  return (chunk) => {
    if (bytes > maxBytes) return;
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0 && bytes <= maxBytes; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      if (bytes > maxBytes) break;
      onLine(Buffer.concat(pieces).toString('utf8'));
      pieces = [];
      bytes = 0;
    }
    if (bytes <= maxBytes) keep(chunk.subarray(from));
    if (bytes > maxBytes) {
      pieces = [];
      onTooLong();
    }
  };
}
