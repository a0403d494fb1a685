/** What stands for stdout and is no file: a pipe with a name, a device, a descriptor that the shell has opened. */

import { closeSync, constants, openSync, type Stats, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ChatError } from '../core/error.ts';
import { hasCode, storageError, systemWords } from '../store/storage-error.ts';
import type { OutputFile } from './output-file.ts';

/**
 * Opened without blocking: a system call that waits for the other side would keep Ctrl+C waiting as well.
 * @param existing  what is there
 * @param signal  ends the waiting for a reader, to come or to take what is written
 * @throws ChatError 'usage' when it cannot be opened, 'aborted'; writing throws 'storage' and 'aborted'
 */
export async function openStream(path: string, existing: Stats, signal: AbortSignal): Promise<OutputFile> {
  let file = tryOpen(path, existing);
  for (; file === undefined; file = tryOpen(path, existing)) await pause(signal);
  const opened = file;
  let hasText = false;
  let isOpen = true;
  return {
    get hasText() {
      return hasText;
    },
    async write(text) {
      hasText ||= text !== '';
      let rest = Buffer.from(text);
      while (rest.length > 0) {
        const written = tryWrite(path, opened, rest);
        if (written === 0) await pause(signal);
        rest = rest.subarray(written);
      }
    },
    keep() {
      // What was written is with the reader already.
    },
    close() {
      if (isOpen) closeSync(opened);
      isOpen = false;
    },
  };
}

/** Undefined for a pipe that nobody reads yet. */
function tryOpen(path: string, existing: Stats): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NONBLOCK);
  } catch (error) {
    if (existing.isFIFO() && hasCode(error, 'ENXIO')) return undefined;
    const what = `--output-file: ${path} cannot be written: ${systemWords(error)}`;
    throw new ChatError({ kind: 'usage', what }, { cause: error });
  }
}

/** How many bytes went; 0 when the reader has to catch up first. */
function tryWrite(path: string, file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes);
  } catch (error) {
    if (hasCode(error, 'EAGAIN')) return 0;
    throw storageError(error, path, 'could not be written');
  }
}

const pauseMs = 20;

async function pause(signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new ChatError({ kind: 'aborted' });
  await delay(pauseMs);
}
