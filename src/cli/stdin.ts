/** stdin as a prompt: read to its end when it is a pipe or a file; a terminal and /dev/null count as none. */

import { fstatSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ChatError } from '../core/error.ts';

const maxBytes = 64 * 1024 * 1024;
const waitNoticeMs = 1000;

export function hasStdin(): boolean {
  try {
    const stat = fstatSync(0);
    return stat.isFIFO() || stat.isFile() || stat.isSocket();
  } catch (error) {
    // A closed descriptor is no stdin; anything else is news.
    if (error instanceof Error && 'code' in error && error.code === 'EBADF') return false;
    throw error;
  }
}

export interface StdinOptions {
  readonly signal: AbortSignal;
  /** Called once after 1 s without the end; given when there is a prompt already. */
  readonly onWait?: () => void;
}

/** @throws ChatError 'usage' for more than 64 MiB or text that is not UTF-8, 'aborted' */
export async function readStdin(stream: Readable, { signal, onWait }: StdinOptions): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = onWait === undefined ? undefined : setTimeout(onWait, waitNoticeMs);
  const stop = (): void => void stream.destroy(new ChatError({ kind: 'aborted' }));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const chunk of stream) {
      const buffer = Buffer.from(chunk);
      bytes += buffer.length;
      if (bytes > maxBytes) throw new ChatError({ kind: 'usage', what: 'stdin is longer than 64 MiB' });
      chunks.push(buffer);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ChatError(
      { kind: 'usage', what: 'stdin is not UTF-8 text', hint: 'convert it first, or describe the file instead' },
      { cause },
    );
  }
}

/** What is sent: the prompt, then stdin in a labelled block; stdin alone is the prompt itself. */
export function joinPrompt(prompt: string | undefined, stdin: string | undefined): string {
  const text = stdin?.trimEnd() ?? '';
  if (prompt === undefined || prompt === '') return text;
  return text === '' ? prompt : `${prompt}\n\n<stdin>\n${text}\n</stdin>`;
}
