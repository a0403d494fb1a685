/** One writer of the settings at a time, across processes. */

import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChatError } from '../core/error.ts';
import type { Paths } from './paths.ts';
import { hasCode, storageError } from './storage-error.ts';

/**
 * Waits at most 2 s. A lock older than 5 s belongs to a process that died and is taken over.
 * @returns what gives the lock back
 * @throws ChatError 'config' when another banter holds it for as long, 'storage' when there can be no lock
 */
export async function lockSettings(paths: Paths): Promise<() => Promise<void>> {
  const { default: lockfile } = await import('proper-lockfile');
  const lockfilePath = join(paths.configDir, 'settings.lock');
  try {
    removeStale(lockfilePath);
    return await lockfile.lock(paths.settingsFile, {
      lockfilePath,
      // The file may not exist yet.
      realpath: false,
      // Its own takeover lets two processes in when both find the lock stale; see removeStale.
      stale: Number.POSITIVE_INFINITY,
      update: refreshMs,
      // Short waits of random length: with many writers each gets its turn within the limit.
      retries: { forever: true, minTimeout: 5, maxTimeout: 25, randomize: true, maxRetryTime: longestWaitMs },
    });
  } catch (error) {
    if (!hasCode(error, 'ELOCKED')) throw storageError(error, paths.configDir, 'could not be locked');
    throw new ChatError(
      {
        kind: 'config',
        what: `another banter is writing ${paths.settingsFile}`,
        hint: 'nothing was changed; try again in a moment',
      },
      { cause: error },
    );
  }
}

const longestWaitMs = 2000;
const refreshMs = 1000;
const staleMs = 5000;

/**
 * Removing happens under a lock of its own and after a second look, so that nobody removes the lock of the one
 * who was quicker. That second lock is held for microseconds; one that is stale itself is simply removed.
 */
function removeStale(path: string): void {
  if (!isStale(path)) return;
  const turn = `${path}.takeover`;
  if (isStale(turn)) rmdirSync(turn);
  try {
    mkdirSync(turn, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    throw error;
  }
  try {
    if (isStale(path)) rmdirSync(path);
  } finally {
    rmdirSync(turn);
  }
}

function isStale(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  // A time in the future is that of a clock that was set back since.
  return stats !== undefined && Math.abs(Date.now() - stats.mtimeMs) > staleMs;
}
