/** Content codings undone as the bytes arrive: what the server has flushed can be read at once. */

import type { BrotliDecompress, Gunzip, Inflate } from 'node:zlib';
import { ChatError } from '../core/error.ts';

/**
 * We never ask for compression: a coder that does not flush after each event holds the answer back. Some
 * proxies compress all the same. `deflate` is taken as the standard has it (zlib), not as old servers sent it (raw).
 * @param encoding  the content-encoding header, '' for none
 * @throws ChatError kind 'stream': 'cut' when the compressed data ends early, 'malformed' when it is not
 *   what the header says or the coding is unknown
 */
export async function* decompress(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  target: string,
): AsyncGenerator<Uint8Array> {
  const coding = encoding.trim().toLowerCase();
  if (coding === '' || coding === 'identity') {
    yield* bytes;
    return;
  }
  const decoder = await createDecoder(coding);
  if (decoder === undefined) {
    throw new ChatError({ kind: 'stream', target, reason: 'malformed', said: `content-encoding ${coding}` });
  }
  let failure: Error | undefined;
  let ready: Uint8Array[] = [];
  // Read at once, so that the decoder never waits for us while we wait for it.
  const collect = () => {
    for (let piece = decoder.read(); piece !== null; piece = decoder.read()) ready.push(piece);
  };
  decoder.on('readable', collect);
  decoder.once('error', (error) => {
    failure = error;
  });
  // A decoder that fails forgets the callback of the write it failed in; it still closes.
  let onClose = () => {};
  decoder.once('close', () => onClose());
  const settled = (act: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      onClose = resolve;
      if (decoder.closed) resolve();
      else act(resolve);
    });
  try {
    // Chunk by chunk and not piped: a pipe that breaks drops what came through before the break.
    for await (const chunk of bytes) {
      await settled((done) => decoder.write(chunk, done));
      collect();
      yield* ready;
      ready = [];
      if (failure !== undefined) throw toDecodeError(failure, coding, target);
    }
    await settled(() => decoder.end());
    yield* ready;
    if (failure !== undefined) throw toDecodeError(failure, coding, target);
  } finally {
    decoder.destroy();
  }
}

async function createDecoder(coding: string): Promise<Gunzip | Inflate | BrotliDecompress | undefined> {
  const { constants, createBrotliDecompress, createGunzip, createInflate } = await import('node:zlib');
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip({ flush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return createInflate({ flush: constants.Z_SYNC_FLUSH });
    case 'br':
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return undefined;
  }
}

function toDecodeError(error: Error, coding: string, target: string): ChatError {
  // Node's code for an early end of each of the codings: zlib wanted more input.
  if ('code' in error && error.code === 'Z_BUF_ERROR') {
    return new ChatError({ kind: 'stream', target, reason: 'cut' }, { cause: error });
  }
  const said = `content-encoding ${coding}, but the body is not`;
  return new ChatError({ kind: 'stream', target, reason: 'malformed', said }, { cause: error });
}
