/** The head and the tail of what a process writes, however much that is. */

export class KeptOutput {
  readonly #headBytes: number;
  readonly #tailBytes: number;
  readonly #head: Uint8Array[] = [];
  #headKept = 0;
  readonly #tail: Uint8Array[] = [];
  #tailKept = 0;
  #totalBytes = 0;

  /** @param maxBytes  of the text that comes out, with the note about what is missing */
  constructor(maxBytes: number) {
    const room = maxBytes - noteRoom;
    this.#headBytes = Math.ceil(room / 2);
    // Room for the note is used when there is none.
    this.#tailBytes = maxBytes - this.#headBytes;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  add(bytes: Uint8Array): void {
    this.#totalBytes += bytes.length;
    const head = bytes.subarray(0, this.#headBytes - this.#headKept);
    if (head.length > 0) this.#head.push(head);
    this.#headKept += head.length;
    const rest = bytes.subarray(head.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailKept += rest.length;
    while (this.#tailKept - (this.#tail[0]?.length ?? 0) >= this.#tailBytes) {
      this.#tailKept -= this.#tail.shift()?.length ?? 0;
    }
  }

  /** Counts bytes that are not there to be kept; at least the head and a tail have to be added around them. */
  skip(bytes: number): void {
    this.#totalBytes += bytes;
  }

  /** Invalid UTF-8 becomes U+FFFD, a byte order mark goes away. */
  text(): string {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    if (this.#headKept + this.#tailKept === this.#totalBytes && tail.length <= this.#tailBytes) {
      return decode(Buffer.concat([head, tail]));
    }
    const start = withoutTornEnd(head);
    const end = withoutTornStart(tail.subarray(tail.length - (this.#tailBytes - noteRoom)));
    const cutBytes = this.#totalBytes - start.length - end.length;
    return `${decode(start)}\n[... ${cutBytes} of ${this.#totalBytes} bytes left out here ...]\n${decode(end)}`;
  }
}

/** The note with two numbers of 13 digits. */
const noteRoom = 64;

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Cuts a character of which only the first bytes are there. */
function withoutTornEnd(bytes: Uint8Array): Uint8Array {
  // A UTF-8 character has at most three bytes after its first.
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}

function withoutTornStart(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < 3 && isContinuation(bytes[from] ?? 0)) from += 1;
  return bytes.subarray(from);
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
