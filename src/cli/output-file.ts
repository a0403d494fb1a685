/** `--output-file FILE`: what would go to stdout, in a file that changes only when there is an answer to put in. */

import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { ChatError } from '../core/error.ts';
import type { Output } from '../print/output.ts';
import { followLink, writeWhole } from '../store/private-file.ts';
import { storageError, systemWords } from '../store/storage-error.ts';
import { openStream } from './output-stream.ts';

export interface OutputFile extends Output {
  /** Something has been written. */
  readonly hasText: boolean;
  /** Puts what was written in place of what is there. @throws ChatError 'storage'; the file then stays as it was */
  keep(): void;
  /** Ends the writing; what was not kept is gone. */
  close(): void;
}

/**
 * A file is written beside its place and replaced in one step, with its permissions; what is no file (a pipe, a
 * device) gets the text as it comes.
 * @param signal  ends the waiting for the reader of a pipe
 * @throws ChatError 'usage' when it cannot be written, 'aborted'
 */
export async function openOutputFile(path: string, signal: AbortSignal): Promise<OutputFile> {
  if (path === '') throw refused('it has no name');
  const existing = attempt(path, () => statSync(path, { throwIfNoEntry: false }));
  if (existing?.isDirectory()) throw refused(`${path} is a folder`);
  if (existing !== undefined && (!existing.isFile() || isDescriptor(path))) return openStream(path, existing, signal);
  return attempt(path, () => openBeside(path, existing));
}

/** Of a program that was given an open file: replacing what it was opened by would not reach who opened it. */
function isDescriptor(path: string): boolean {
  return /^\/(?:dev\/(?:fd\/|std(?:out|err)$)|proc\/[^/]+\/fd\/)/.test(resolve(path));
}

function openBeside(path: string, existing: Stats | undefined): OutputFile {
  // A rename asks only for the folder; a file that may not be written is not replaced.
  if (existing !== undefined) accessSync(path, constants.W_OK);
  const target = followLink(path);
  const temporary = `${target}.tmp-${Math.random().toString(36).slice(2, 12)}`;
  const file = openSync(temporary, 'wx', existing === undefined ? 0o666 : 0o600);
  let hasText = false;
  let isOpen = true;
  return {
    get hasText() {
      return hasText;
    },
    write(text) {
      if (text === '') return;
      hasText = true;
      store(path, () => writeWhole(file, Buffer.from(text)));
    },
    keep() {
      store(path, () => {
        if (existing !== undefined) fchmodSync(file, existing.mode & 0o777);
        fsyncSync(file);
        renameSync(temporary, target);
      });
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      // No more there when it was kept.
      rmSync(temporary, { force: true });
    },
  };
}

function attempt<Result>(path: string, open: () => Result): Result {
  try {
    return open();
  } catch (error) {
    throw refused(`${path} cannot be written: ${systemWords(error)}`, error);
  }
}

function store(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw storageError(error, path, 'could not be written');
  }
}

function refused(what: string, cause?: unknown): ChatError {
  return new ChatError({ kind: 'usage', what: `--output-file: ${what}` }, { cause });
}
