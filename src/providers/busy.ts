/** Servers that say inside a 200 that they are busy. A busy status is waited for by the wire. */

import { isChatError } from '../core/error.ts';

/** As the wire has it: no wait, and no sum of waits, is longer. */
const maxWaitMs = 60_000;

export class BusyWaits {
  readonly #allowed: number;
  #made = 0;
  #waitedMs = 0;

  /** @param allowed  tries after the first one */
  constructor(allowed: number) {
    this.#allowed = allowed;
  }

  /** Milliseconds to wait before asking again: the server's wish, else our own; undefined to give up. */
  next(error: unknown): number | undefined {
    if (!isChatError(error) || error.fault.kind !== 'server' || this.#made >= this.#allowed) return undefined;
    if (![429, 503, 529].includes(error.fault.status)) return undefined;
    const waitMs = error.fault.retryAfterMs ?? Math.min(1000 * 2 ** this.#made, 8000);
    if (this.#waitedMs + waitMs > maxWaitMs) return undefined;
    this.#made++;
    this.#waitedMs += waitMs;
    return waitMs;
  }
}
