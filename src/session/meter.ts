/** Times the turns of a conversation, for `/usage` and the status line. */

import type { Usage } from '../core/message.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { addUsage } from './usage.ts';

export interface Timing {
  readonly usage: Usage;
  /** From the question to its end, tools and waits for the person included. */
  readonly elapsedMs: number;
  /** From the question to the first word or thought; undefined when none came. */
  readonly firstWordMs: number | undefined;
  /** From the first word to the last one. */
  readonly writingMs: number;
}

export interface Meter {
  /** Passes the events of a turn on and measures them. */
  follow(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  readonly last: Timing | undefined;
  readonly turns: number;
  readonly total: Omit<Timing, 'firstWordMs'>;
}

const nothing: Meter['total'] = { usage: {}, elapsedMs: 0, writingMs: 0 };

/**
 * @param now  monotonic milliseconds
 * @param conversation  what is counted together: with another one everything begins at nothing
 */
export function createMeter(now: () => number, conversation: () => string): Meter {
  let counted = conversation();
  let last: Timing | undefined;
  let turns = 0;
  let total = nothing;

  function startAnew(): void {
    if (conversation() === counted) return;
    counted = conversation();
    last = undefined;
    turns = 0;
    total = nothing;
  }

  async function* follow(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent> {
    const start = now();
    startAnew();
    let first: number | undefined;
    let latest = start;
    for await (const event of events) {
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
        latest = now();
        first ??= latest;
      }
      if (event.type === 'turn-end') {
        const firstWordMs = first === undefined ? undefined : first - start;
        last = { usage: event.usage, elapsedMs: now() - start, firstWordMs, writingMs: latest - (first ?? latest) };
        turns++;
        total = {
          usage: addUsage(total.usage, event.usage),
          elapsedMs: total.elapsedMs + last.elapsedMs,
          writingMs: total.writingMs + last.writingMs,
        };
      }
      yield event;
    }
  }

  return {
    follow,
    get last() {
      startAnew();
      return last;
    },
    get turns() {
      startAnew();
      return turns;
    },
    get total() {
      startAnew();
      return total;
    },
  };
}

/** Undefined when the server does not count, or the answer came at once. */
export function tokensPerSecond({ usage, writingMs }: Pick<Timing, 'usage' | 'writingMs'>): number | undefined {
  const { completionTokens } = usage;
  if (completionTokens === undefined || writingMs < 100) return undefined;
  return completionTokens / (writingMs / 1000);
}
