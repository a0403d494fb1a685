/** Gathers deltas: the first goes on at once, those after it together every interval, so a frame shows many. */

import type { TurnEvent } from '../core/turn-event.ts';

export interface Batch {
  add(event: TurnEvent): void;
  /** Passes on what is waiting; to be called at the end. */
  flush(): void;
}

/** @param held  deltas wait on while it says so */
export function createBatch(intervalMs: number, pass: (event: TurnEvent) => void, held = () => false): Batch {
  let waiting: TurnEvent[] = [];
  let timer: NodeJS.Timeout | undefined;

  const passAll = (): void => {
    const events = waiting;
    waiting = [];
    for (const event of merge(events)) pass(event);
  };

  const wait = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting.length === 0) return;
      if (!held()) passAll();
      wait();
    }, intervalMs);
  };

  return {
    add(event) {
      waiting.push(event);
      const isDelta = event.type === 'text-delta' || event.type === 'reasoning-delta';
      if (isDelta && timer !== undefined) return;
      if (!isDelta || !held()) passAll();
      if (isDelta) wait();
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      passAll();
    },
  };
}

function merge(events: readonly TurnEvent[]): TurnEvent[] {
  const merged: TurnEvent[] = [];
  let pieces: string[] = [];
  for (const [index, event] of events.entries()) {
    if (event.type !== 'text-delta' && event.type !== 'reasoning-delta') {
      merged.push(event);
      continue;
    }
    pieces.push(event.text);
    if (events[index + 1]?.type === event.type) continue;
    merged.push({ type: event.type, text: pieces.join('') });
    pieces = [];
  }
  return merged;
}
