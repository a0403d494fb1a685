/** Processes that a program under test starts: found by the file they write their id to, and waited for. */

import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 10;

/** Resolves when the file holds a process id. */
export async function pidIn(path: string): Promise<number> {
  for (;;) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (/^\d+\n$/.test(text)) return Number(text);
    await pause(pollMs);
  }
}

/** Resolves when the process has ended, waited for by its parent or not. */
export async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(pollMs);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}
