/** Whatever a tool returned, as text for the model. */

/**
 * A string stays as it is, anything else becomes JSON. What JSON cannot say is said in words instead of being lost:
 * BigInt as its digits, binary data as its size, circles as `[circular]`, undefined as `(no output)`.
 * @throws RangeError for a value too deep or too large to write; what the value's own getters throw
 */
export function toResultText(value: unknown): string {
  if (value === undefined) return '(no output)';
  if (typeof value === 'string') return value;
  /** The objects around the value being written, outermost first; one met again among them is a circle. */
  const around: { readonly original: unknown; readonly written: object }[] = [];
  // Typed as string, but a toJSON that returns nothing makes it undefined.
  const text: string | undefined = JSON.stringify(value, function (this: unknown, key, afterToJson: unknown) {
    // JSON.stringify has called toJSON already, which hides Date and Buffer; the holder still has the original.
    const original = isRecord(this) ? this[key] : afterToJson;
    while (around.length > 0 && around.at(-1)?.written !== this) around.pop();
    const written = toWritable(original, afterToJson);
    if (typeof written !== 'object' || written === null) return written;
    if (around.some((outer) => outer.original === original)) return '[circular]';
    around.push({ original, written });
    return written;
  });
  if (text === undefined) return '(no output)';
  return typeof value === 'object' ? text : unquote(text);
}

/**
 * At most `maxBytes` of UTF-8, cut in the middle between code points, with a note of what is missing there.
 * Lone surrogates become U+FFFD, since servers answer 400 to them.
 */
export function capResult(text: string, maxBytes: number = 32 * 1024): string {
  // One UTF-16 unit is at least one byte, so longer text needs no encoding to know that it is too long.
  if (text.length <= maxBytes) {
    const whole = text.toWellFormed();
    if (Buffer.byteLength(whole) <= maxBytes) return whole;
  }
  const totalBytes = Buffer.byteLength(text);
  const room = Math.max(0, maxBytes - cutNote(totalBytes, totalBytes).length);
  const head = firstBytes(text, Math.ceil(room / 2));
  const tail = lastBytes(text, Math.floor(room / 2));
  const cutBytes = totalBytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  return head + cutNote(cutBytes, totalBytes) + tail;
}

function cutNote(cutBytes: number, totalBytes: number): string {
  return `\n[... ${cutBytes} of ${totalBytes} bytes left out here ...]\n`;
}

function firstBytes(text: string, maxBytes: number): string {
  const start = text.slice(0, maxBytes);
  const { read } = new TextEncoder().encodeInto(start, new Uint8Array(maxBytes));
  return start.slice(0, read).toWellFormed();
}

function lastBytes(text: string, maxBytes: number): string {
  const end = text.slice(Math.max(0, text.length - maxBytes)).toWellFormed();
  let bytes = Buffer.byteLength(end);
  let from = 0;
  while (bytes > maxBytes) {
    const character = String.fromCodePoint(end.codePointAt(from) ?? 0);
    bytes -= Buffer.byteLength(character);
    from += character.length;
  }
  return end.slice(from);
}

/** Something JSON.stringify can write for `original`; `afterToJson` where it can already. */
function toWritable(original: unknown, afterToJson: unknown): unknown {
  switch (typeof original) {
    case 'bigint':
    case 'symbol':
      return String(original);
    case 'function':
      return `[function ${original.name}]`;
    case 'number':
      return Number.isFinite(original) ? original : String(original);
    case 'object':
      break;
    default:
      return afterToJson;
  }
  if (ArrayBuffer.isView(original) || original instanceof ArrayBuffer) {
    return `[${original.byteLength} bytes of binary data]`;
  }
  if (original instanceof Date) return Number.isNaN(original.getTime()) ? 'Invalid Date' : original.toISOString();
  if (original instanceof Map) return [...original];
  if (original instanceof Set) return [...original];
  if (original instanceof Error) return { name: original.name, message: original.message };
  return afterToJson;
}

/** A lone symbol, BigInt or function was written as a JSON string; the model gets it without the quotes. */
function unquote(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : json;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
