/** Counts the turns of a conversation together, for `/usage` and the status line. */

import { costOf } from '../core/cost.ts';
import type { Usage } from '../core/message.ts';
import type { Price } from '../core/profile.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { createTurnMeter, type Timing } from './turn-meter.ts';
import { addUsage } from './usage.ts';

export interface Meter {
  /** Passes the events of a turn on and measures them. */
  follow(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  readonly last: Timing | undefined;
  readonly total: Total;
}

export interface Total {
  readonly turns: number;
  readonly usage: Usage;
  readonly elapsedMs: number;
  readonly writingMs: number;
  /** Each turn at the price it had; undefined when none had one. */
  readonly cost: number | undefined;
}

export interface MeterOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** The id of what is counted together: with another one everything begins at nothing. */
  readonly conversation: () => string;
  /** Of the server that is asked. */
  readonly price: () => Price | undefined;
}

const nothing: Total = { turns: 0, usage: {}, elapsedMs: 0, writingMs: 0, cost: undefined };

export function createMeter({ now, conversation, price }: MeterOptions): Meter {
  let counted = conversation();
  let last: Timing | undefined;
  let total = nothing;

  function startAnew(): void {
    if (conversation() === counted) return;
    counted = conversation();
    last = undefined;
    total = nothing;
  }

  return {
    async *follow(events) {
      startAnew();
      const turn = createTurnMeter(now);
      for await (const event of events) {
        const timing = turn.take(event);
        if (timing !== undefined) {
          // A turn in which nothing came does not empty the context.
          last = { ...timing, contextTokens: timing.contextTokens ?? last?.contextTokens };
          total = add(total, timing, costOf(timing.usage, price()));
        }
        yield event;
      }
    },
    get last() {
      startAnew();
      return last;
    },
    get total() {
      startAnew();
      return total;
    },
  };
}

function add(total: Total, { usage, elapsedMs, writingMs }: Timing, cost: number | undefined): Total {
  return {
    turns: total.turns + 1,
    usage: addUsage(total.usage, usage),
    elapsedMs: total.elapsedMs + elapsedMs,
    writingMs: total.writingMs + writingMs,
    cost: cost === undefined ? total.cost : (total.cost ?? 0) + cost,
  };
}
