/** What an abort is in this room: one error, and a wait that it ends. */

import { ChatError } from '../core/error.ts';

export function abortError(signal: AbortSignal): ChatError {
  return new ChatError({ kind: 'aborted' }, { cause: signal.reason });
}

/** @throws ChatError kind 'aborted' as soon as the signal says so */
export function wait(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(abortError(signal));
      return;
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, waitMs);
    const stop = () => {
      clearTimeout(timer);
      reject(abortError(signal));
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
