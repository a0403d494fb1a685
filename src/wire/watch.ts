/** Ends an exchange when the signal or the clock says so, and remembers why: the streams only say "aborted". */

import type { ClientRequest, IncomingMessage } from 'node:http';
import { ChatError, type Fault } from '../core/error.ts';
import { abortError } from './abort.ts';
import { describeWait } from './retry.ts';

export interface Watch {
  /** Gives the server this long from now; 0 is for ever. `said` tells how long it was. */
  allow(waitMs: number, toFault: (said: string) => Fault): void;
  /** Stops the clock. */
  rest(): void;
  /** From now on it is this that has to be stopped. */
  follow(next: ClientRequest | IncomingMessage): void;
  /** Why the exchange was stopped from this side, if it was. */
  cause(): ChatError | undefined;
  close(): void;
}

export function watchOver(signal: AbortSignal): Watch {
  let cause: ChatError | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastLook: NodeJS.Immediate | undefined;
  let stream: ClientRequest | IncomingMessage | undefined;
  const rest = () => {
    clearTimeout(timer);
    clearImmediate(lastLook);
  };
  const stop = (error: ChatError) => {
    cause ??= error;
    rest();
    stream?.destroy(error);
  };
  const onAbort = () => stop(abortError(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    allow(waitMs, toFault) {
      rest();
      if (waitMs <= 0 || cause !== undefined) return;
      const giveUp = () => stop(new ChatError(toFault(`waited ${describeWait(waitMs)}`)));
      // A process that was suspended (Ctrl+Z, a laptop asleep) wakes up with its timers due and the server's bytes
      // unread in the socket. Those are read between a timer and an immediate, and stop the clock.
      timer = setTimeout(() => {
        lastLook = setImmediate(giveUp);
      }, waitMs);
    },
    rest,
    follow(next) {
      stream = next;
      // Stopped while there was nothing to stop: a module was being loaded.
      if (cause !== undefined) next.destroy(cause);
    },
    cause: () => cause,
    close() {
      rest();
      signal.removeEventListener('abort', onAbort);
      stream?.destroy();
    },
  };
}
