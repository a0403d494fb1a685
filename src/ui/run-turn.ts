/** Follows one turn into the store: deltas batched, everything else at once. */

import type { ApprovalQuestion } from '../core/approval.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { RunningTurn } from './actions.ts';
import { createBatch, partsOf } from './batch.ts';
import { createKeeper } from './keeper.ts';
import type { Look } from './look.ts';
import type { Store } from './store.ts';
import { createTurnDisplay } from './turn-display.ts';

/**
 * About 15 frames a second. A delta is drawn at once or this much later: what a frame costs, in time and in bytes, is
 * shared by the deltas that it shows.
 */
const batchMs = 66;

/** A source that never waits would keep keys and frames out; after so many events, or a long one, they get their turn. */
const eventsWithoutRest = 100;

export interface RunTurnOptions {
  readonly store: Store;
  readonly look: () => Look;
  readonly ask: (question: ApprovalQuestion) => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export async function runTurn(
  turn: RunningTurn,
  { store, look, ask, now }: RunTurnOptions,
): Promise<TurnOutcome['kind']> {
  const { dispatch, state } = store;
  const { format, profile } = state().status;
  const failing = { isFree: format === undefined, profile };
  const display = createTurnDisplay(look, {
    format: format?.kind,
    after: turn.after,
    failing,
    details: () => state().details,
    isLive: true,
    now,
  });
  const keeper = createKeeper();
  let outcome: TurnOutcome['kind'] = 'failed';
  const pass = (event: TurnEvent): void => {
    if (event.type === 'turn-end') outcome = event.outcome.kind;
    const { passages, live, ended } = display.show(event);
    dispatch({ type: 'print', passages, live });
    if (ended !== undefined) dispatch({ type: 'call-ended', call: ended });
    for (const action of keeper.take(event)) dispatch({ type: 'view', action });
    if (event.type === 'approval') ask(event.question);
  };
  const batch = createBatch(batchMs, pass, () => state().resizing);
  let count = 0;
  try {
    for await (const event of turn.events) {
      const parts = partsOf(event);
      for (const part of parts) {
        batch.add(part);
        count += 1;
        if (parts.length > 1 || count % eventsWithoutRest === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  } finally {
    batch.flush();
  }
  return outcome;
}
