/** Follows one turn into the store: deltas batched, everything else at once. */

import type { ApprovalQuestion } from '../core/approval.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { RunningTurn } from './actions.ts';
import { createBatch } from './batch.ts';
import { createMeter } from './figures.ts';
import { createKeeper } from './keeper.ts';
import type { Look } from './look.ts';
import type { Store } from './store.ts';
import { createTurnDisplay } from './turn-display.ts';

/**
 * About 15 frames a second. A delta is drawn at once or this much later: what a frame costs, in time and in bytes, is
 * shared by the deltas that it shows.
 */
const batchMs = 66;

/** A source that never waits would keep keys and frames out; after so many events they get their turn. */
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
  const format = state().status.format?.kind;
  const display = createTurnDisplay(look, { format, details: () => state().details, now, isLive: true });
  const meter = createMeter(now);
  const keeper = createKeeper();
  let outcome: TurnOutcome['kind'] = 'failed';
  const batch = createBatch(batchMs, (event: TurnEvent) => {
    if (event.type === 'turn-end') outcome = event.outcome.kind;
    const { passages, live, ended } = display.show(event);
    dispatch({ type: 'print', passages, live });
    if (ended !== undefined) dispatch({ type: 'call-ended', call: ended });
    for (const action of keeper.take(event)) dispatch({ type: 'view', action });
    if (event.type === 'approval') ask(event.question);
  });
  let count = 0;
  try {
    for await (const event of turn.events) {
      batch.add(event);
      const figures = meter.take(event);
      if (figures !== undefined) dispatch({ type: 'figures', turn: figures });
      if (event.type === 'turn-end' && isBroken(event.outcome)) dispatch({ type: 'forget-figures' });
      count += 1;
      if (count % eventsWithoutRest === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    batch.flush();
  }
  return outcome;
}

/** What was measured is not of a whole answer. */
function isBroken({ kind }: TurnOutcome): boolean {
  return kind === 'aborted' || kind === 'failed';
}
