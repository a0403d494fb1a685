/**
 * What a person typed at the prompt, across sessions: one JSON string a line, mode 0600. Terminals that are open
 * at the same time add to the same file. When it is full it becomes `input-history.previous.jsonl` and a new one
 * begins; nothing is rewritten, so nothing another terminal adds meanwhile is lost.
 */

import { closeSync, fchmodSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChatError } from '../core/error.ts';
import { parseJson } from '../core/json.ts';
import { redactValues } from '../core/redact.ts';
import { ensureFolder, type Paths } from './paths.ts';
import { writeWhole } from './private-file.ts';
import { hasCode, storageError, systemCode } from './storage-error.ts';

export interface StoredInputHistory {
  /** Oldest first, at most 2,000; grows with `add`. */
  readonly entries: readonly string[];
  /**
   * The same text twice in a row is one entry; one over 64 KiB is remembered for this session only.
   * @returns ChatError 'storage' when it could not be written; it is in `entries` all the same
   */
  add(text: string): ChatError | undefined;
}

/**
 * A file that cannot be read gives an empty history; adding to it then says why.
 * @param secrets  keys in use, which never reach the disk; may grow
 */
export function openInputHistory(paths: Paths, secrets: readonly string[] = []): StoredInputHistory {
  const path = paths.inputHistoryFile;
  const current = readEntries(path);
  let entries: readonly string[] = [...readEntries(previousFile(path)), ...current].slice(-maxEntries);
  if (current.length >= maxEntries) beginAnew(path);
  return {
    get entries() {
      return entries;
    },
    add(text) {
      if (text.trim() === '' || text === entries.at(-1)) return undefined;
      entries = [...entries, text].slice(-maxEntries);
      return text.length > maxEntryLength ? undefined : append(path, redactValues(text, secrets));
    },
  };
}

const maxEntries = 2000;
const maxEntryLength = 65_536;
/** A lock this much older than the last change of the file was left by a process that died. */
const staleMs = 60_000;

function previousFile(path: string): string {
  return path.replace(/(?:\.jsonl)?$/, '.previous.jsonl');
}

/** Lines that are no JSON string were torn by a crash and are left out. */
function readEntries(path: string): readonly string[] {
  return readText(path)
    .split('\n')
    .map((line) => parseJson(line))
    .filter((entry) => typeof entry === 'string');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
}

function append(path: string, text: string): ChatError | undefined {
  try {
    ensureFolder(dirname(path));
    const file = openSync(path, 'a', 0o600);
    try {
      fchmodSync(file, 0o600);
      // The line feed in front closes a line that a full disk or a crash left open; empty lines mean nothing.
      writeWhole(file, Buffer.from(`\n${JSON.stringify(text)}\n`));
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return storageError(error, path, 'the input history could not be saved');
  }
}

/** Under a lock, since the second of two terminals would push a nearly empty file over the previous one. */
function beginAnew(path: string): void {
  const lock = `${path}.lock`;
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    try {
      if (readEntries(path).length >= maxEntries) renameSync(path, previousFile(path));
    } finally {
      rmSync(lock, { force: true });
    }
  } catch (error) {
    // The next start tries again; until then the file is longer than it has to be.
    if (hasCode(error, 'EEXIST')) removeStale(lock, path);
    else if (systemCode(error) === undefined) throw error;
  }
}

function removeStale(lock: string, path: string): void {
  const lockedAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (lockedAt !== undefined && changedAt !== undefined && changedAt - lockedAt > staleMs)
    rmSync(lock, { force: true });
}
