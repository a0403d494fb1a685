/** A text file a person named on the command line: a schema, a system prompt. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { ChatError } from '../core/error.ts';
import { systemWords } from './storage-error.ts';

/**
 * The text without a byte order mark. Reads pipes too (`<(command)`), to their end.
 * @throws ChatError 'usage' when it cannot be read, is larger than `maxBytes` or is not UTF-8
 */
export function readTextFile(path: string, { maxBytes }: { readonly maxBytes: number }): string {
  const bytes = readBytes(path, maxBytes);
  if (bytes.length > maxBytes) throw unusable(path, `is larger than ${maxBytes} bytes`);
  if (/^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) {
    throw unusable(path, 'is UTF-16 text, not UTF-8', 'save it as UTF-8');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw unusable(path, 'is not UTF-8 text');
    throw error;
  }
}

/** At most one byte more than `maxBytes`. */
function readBytes(path: string, maxBytes: number): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const expected = Math.min(fstatSync(file).size, maxBytes);
      const parts: Buffer[] = [];
      for (let total = 0; total <= maxBytes; ) {
        const part = Buffer.allocUnsafe(Math.min(Math.max(expected + 1, pipeChunkBytes), maxBytes + 1 - total));
        const count = readSync(file, part);
        if (count === 0) break;
        parts.push(part.subarray(0, count));
        total += count;
      }
      return Buffer.concat(parts);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw unusable(path, `cannot be read: ${systemWords(error)}`);
  }
}

const pipeChunkBytes = 65_536;

function unusable(path: string, what: string, hint?: string): ChatError {
  return new ChatError({ kind: 'usage', what: `${path} ${what}`, ...(hint === undefined ? {} : { hint }) });
}
