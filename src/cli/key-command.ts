/** A profile's key command: asks a password manager, and prints the key. */

import { spawn } from 'node:child_process';
import { ChatError } from '../core/error.ts';

export type CommandAnswer =
  | { readonly kind: 'printed'; readonly text: string }
  /** In words that go on after "the key command": `ended with 1`. None of its own words, which may hold a key. */
  | { readonly kind: 'failed'; readonly how: string };

export interface CommandOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limitMs: number;
  /** Ends the command and all it started. */
  readonly signal: AbortSignal;
}

const maxBytes = 64 * 1024;

/**
 * Runs `sh -c command` in a session of its own: without a terminal, so that what wants to ask a question there fails
 * instead of waiting for a person who does not see it. Its stderr is shown to nobody.
 * @throws ChatError 'aborted'
 */
export function runKeyCommand(
  command: string,
  { environment, limitMs, signal }: CommandOptions,
): Promise<CommandAnswer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new ChatError({ kind: 'aborted' }));
    const child = spawn('sh', ['-c', command], {
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stopped: string | undefined;
    const stop = (why: string): void => {
      stopped ??= why;
      endGroup(child.pid);
      // A grandchild that left the group may hold the pipe open.
      child.stdout.destroy();
    };
    const abort = (): void => {
      stop('was stopped');
      reject(new ChatError({ kind: 'aborted' }));
    };
    signal.addEventListener('abort', abort, { once: true });
    const timer = setTimeout(() => stop(`did not end within ${limitMs / 1000} s`), limitMs);
    const finish = (answer: CommandAnswer): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(answer);
    };

    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > maxBytes) stop('printed more than any key');
    });
    child.once('error', () => finish({ kind: 'failed', how: 'could not be started' }));
    child.once('close', (code, endedBy) => {
      if (stopped !== undefined) finish({ kind: 'failed', how: stopped });
      else if (code !== 0)
        finish({ kind: 'failed', how: code === null ? `was ended by ${endedBy}` : `ended with ${code}` });
      else finish({ kind: 'printed', text: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** The command and all it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
