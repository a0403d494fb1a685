/** Failures of the disk as ChatError: a person reads words instead of an errno. */

import { ChatError, isChatError } from '../core/error.ts';

/**
 * @param doing  what was tried, as in `could not be written`
 * @returns ChatError kind 'storage'; one that was made further down is returned as it is
 * @throws `error` itself when it does not come from the system: that is a bug and keeps its stack
 */
export function storageError(error: unknown, path: string, doing: string): ChatError {
  if (isChatError(error, 'storage')) return error;
  return new ChatError({ kind: 'storage', path, what: `${doing}: ${systemWords(error)}` }, { cause: error });
}

/** @throws `error` itself when it does not come from the system */
export function systemWords(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return words[code] ?? code;
}

export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = systemCode(error);
  return code !== undefined && codes.includes(code);
}

/** `ENOSPC` and the like; undefined for anything that is no failure of the system, such as a wrong argument. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^E(?!RR_)[A-Z0-9]+$/.test(error.code) || error.code === tooLarge ? error.code : undefined;
}

/** Node's own, for files over 2 GiB. */
const tooLarge = 'ERR_FS_FILE_TOO_LARGE';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it is too large',
  EIO: 'the disk reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENFILE: 'too many files are open',
  ENOENT: 'it does not exist',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is not a folder',
  ENXIO: 'it is not a file',
  EPIPE: 'its reader has gone',
  EPERM: 'the system does not allow it',
  EROFS: 'the disk is read-only',
  [tooLarge]: 'it is larger than 2 GiB',
};
