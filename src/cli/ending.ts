/** What may end a run from outside: signals, the time limit, a reader of stdout that goes away. */

import { isChatError } from '../core/error.ts';
import { safe } from '../terminal/safe.ts';
import { exitCodes } from './exit-codes.ts';
import type { Host } from './host.ts';

export interface Ending {
  /** Its reason is the exit code. */
  readonly signal: AbortSignal;
  /** The exit code that goes with what ended the run; undefined while nothing has. */
  readonly code: number | undefined;
  /** From now on SIGINT is the listener's, and ends nothing. */
  onInterrupt(listener: () => void): void;
  dispose(): void;
}

/** Runs what may be ended from outside, and gives the exit code that goes with that end. */
export async function runUntilEnd(
  host: Host,
  maxTimeSeconds: number | undefined,
  run: (ending: Ending) => Promise<number>,
): Promise<number> {
  const ending = watchForEnd(host, maxTimeSeconds);
  try {
    return await run(ending);
  } catch (error) {
    if (ending.code === undefined || !isChatError(error, 'aborted')) throw error;
    return concludeEnded(host, ending.code);
  } finally {
    ending.dispose();
  }
}

/** Says that the time is over; a person who stopped it knows. Returns the exit code. */
export async function concludeEnded(host: Host, code: number): Promise<number> {
  if (code === exitCodes.maxTime) await host.err.write(safe`banter: the time is over (--max-time)\n`);
  return code;
}

/** How long a reader has to take what was written before the run was ended. */
const graceMs = 300;

const signals = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hungUp,
  SIGQUIT: exitCodes.quit,
} as const;

/** The first signal stops the answer and lets what came be kept; the second ends the process at once. */
function watchForEnd(host: Host, maxTimeSeconds: number | undefined): Ending {
  const controller = new AbortController();
  let code: number | undefined;
  let interrupted: (() => void) | undefined;

  const end = (endCode: number): void => {
    code ??= endCode;
    // A reader that has paused must not keep the program from ending.
    host.out.abandon(graceMs);
    host.err.abandon(graceMs);
    controller.abort(code);
  };
  const listeners = Object.entries(signals).map(([name, signalCode]) => {
    const listener = (): void => {
      if (name === 'SIGINT' && interrupted !== undefined) interrupted();
      else if (code !== undefined) process.exit(signalCode);
      else end(signalCode);
    };
    process.on(name, listener);
    return { name, listener };
  });
  const timer =
    maxTimeSeconds === undefined || maxTimeSeconds === 0
      ? undefined
      : setTimeout(() => end(exitCodes.maxTime), maxTimeSeconds * 1000);
  const onOutputEnded = (): void => end(exitCodes.done);
  host.outputEnded.addEventListener('abort', onOutputEnded, { once: true });
  if (host.outputEnded.aborted) onOutputEnded();

  return {
    signal: controller.signal,
    get code() {
      return code;
    },
    onInterrupt(listener) {
      interrupted = listener;
    },
    dispose() {
      for (const { name, listener } of listeners) process.off(name, listener);
      clearTimeout(timer);
      host.outputEnded.removeEventListener('abort', onOutputEnded);
    },
  };
}
