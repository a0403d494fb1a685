/** Counts turns, for `/usage` and the status row. */

import { costOf } from '../core/cost.ts';
import type { Usage } from '../core/message.ts';
import type { Price } from '../core/profile.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { createTurnMeter, type Timing } from './turn-meter.ts';
import { addUsage } from './usage.ts';

export interface Meter {
  /** Passes the events of a turn on and measures them. */
  follow(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent>;
  /** Of the last turn; of one that was stopped or failed the context alone. */
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
  /** What the last turn is of, in a word: the conversation, the server, the model. Of another one it says nothing. */
  readonly subject: () => string;
  /** Of the server that is asked. */
  readonly price: () => Price | undefined;
}

const nothing: Total = { turns: 0, usage: {}, elapsedMs: 0, writingMs: 0, cost: undefined };

export function createMeter({ now, subject, price }: MeterOptions): Meter {
  let counted = '';
  let last: Timing | undefined;
  let total = nothing;

  return {
    async *follow(events) {
      const turn = createTurnMeter(now);
      for await (const event of events) {
        const timing = turn.take(event);
        if (timing !== undefined) {
          const { contextTokens = last?.contextTokens } = timing;
          last = isBroken(event) ? { ...timeless, contextTokens } : { ...timing, contextTokens };
          // The first turn may have chosen the model.
          counted = subject();
          total = add(total, timing, costOf(timing.usage, price()));
        }
        yield event;
      }
    },
    get last() {
      return subject() === counted ? last : undefined;
    },
    get total() {
      return total;
    },
  };
}

/** How fast an answer was that was stopped or broke says nothing; the context is as full as it was. */
const timeless: Timing = { usage: {}, elapsedMs: 0, firstWordMs: undefined, writingMs: 0, contextTokens: undefined };

function isBroken(event: TurnEvent): boolean {
  return event.type === 'turn-end' && (event.outcome.kind === 'aborted' || event.outcome.kind === 'failed');
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
