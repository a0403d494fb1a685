/** Bodies that are read as a whole. */

export interface ReadBody {
  readonly text: string;
  /** Why there is less than the server meant to send: the limit, or the error that ended it. */
  readonly shortfall?: { readonly kind: 'limit' } | { readonly kind: 'failure'; readonly error: unknown };
}

/** Reads up to `maxBytes` as UTF-8, without a BOM. Does not throw: what to make of half a body is the caller's to say. */
export async function readText(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const text = () => new TextDecoder().decode(Buffer.concat(chunks, Math.min(size, maxBytes)));
  try {
    for await (const chunk of bytes) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > maxBytes) return { text: text(), shortfall: { kind: 'limit' } };
    }
  } catch (error) {
    return { text: text(), shortfall: { kind: 'failure', error } };
  }
  return { text: text() };
}
