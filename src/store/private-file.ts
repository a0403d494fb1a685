/** Files only their owner can read, and writing one in a single step. */

import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hasCode, systemCode } from './storage-error.ts';

/**
 * Replaces the file in one step: a reader sees the old text or the new, also after a crash. A link stays a link
 * and its target is replaced. The new file is 0600 from its first moment.
 * @throws what the system throws; the old file is then untouched
 */
export function replaceFile(path: string, text: string): void {
  const target = followLink(path);
  const temporary = `${target}.tmp-${Math.random().toString(36).slice(2, 12)}`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeWhole(file, Buffer.from(text));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Writes all bytes; the system may take them in parts. */
export function writeWhole(file: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}

/**
 * Makes the file readable by its owner alone.
 * @returns whether that changed something. A file that is not ours to change stays as it is, and so does one on
 * a disk without permissions.
 */
export function tighten(path: string, mode: number): boolean {
  if ((mode & 0o077) === 0) return false;
  try {
    chmodSync(path, 0o600);
    return (statSync(path).mode & 0o077) === 0;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** Gives the bytes of a file a second name, which costs no space; a copy on a disk without hard links. */
export function keepAs(path: string, second: string): void {
  try {
    linkSync(path, second);
  } catch (error) {
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK')) throw error;
    copyFileSync(path, second);
  }
}

/** Where writing to `path` arrives; `path` itself when nothing is there yet. */
export function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return path;
    throw error;
  }
}
