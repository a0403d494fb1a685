/** Follows one turn into the store: deltas batched, everything else at once. */

import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { RunningTurn } from './actions.ts';
import { createBatch } from './batch.ts';
import type { Look } from './look.ts';
import type { Store } from './store.ts';
import { createTurnDisplay } from './turn-display.ts';

/** About 25 frames a second: a delta is drawn at once or this much later, and the cost stays flat. */
const batchMs = 40;

/** A source that never waits would keep keys and frames out; after so many events they get their turn. */
const eventsWithoutRest = 100;

export async function runTurn(turn: RunningTurn, store: Store, look: () => Look): Promise<TurnOutcome['kind']> {
  const display = createTurnDisplay(look);
  let outcome: TurnOutcome['kind'] = 'failed';
  const batch = createBatch(batchMs, (event: TurnEvent) => {
    if (event.type === 'turn-end') outcome = event.outcome.kind;
    store.dispatch({ type: 'print', ...display.show(event) });
  });
  let count = 0;
  for await (const event of turn.events) {
    batch.add(event);
    count += 1;
    if (count % eventsWithoutRest === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  batch.flush();
  return outcome;
}
