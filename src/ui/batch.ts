/** Gathers deltas: the first goes on at once, those after it together every interval, so a frame shows many. */

import type { TurnEvent } from '../core/turn-event.ts';

export interface Batch {
  add(event: TurnEvent): void;
  /** Passes on what is waiting; to be called at the end. */
  flush(): void;
}

/** More than this is not gathered: to lay it out takes long enough, and keys wait for it. Of UTF-16 units. */
const longest = 16_384;

/** @param held  deltas wait on while it says so */
export function createBatch(intervalMs: number, pass: (event: TurnEvent) => void, held = () => false): Batch {
  let waiting: TurnEvent[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;

  const passAll = (): void => {
    const events = waiting;
    waiting = [];
    length = 0;
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
      if (isDelta) length += event.text.length;
      if (isDelta && timer !== undefined && length < longest) return;
      if (!isDelta || !held()) passAll();
      if (isDelta && timer === undefined) wait();
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      passAll();
    },
  };
}

/** A delta in parts that are not too long to be laid out at once. */
export function partsOf(event: TurnEvent): readonly TurnEvent[] {
  if ((event.type !== 'text-delta' && event.type !== 'reasoning-delta') || event.text.length <= longest) return [event];
  const parts: TurnEvent[] = [];
  for (let from = 0; from < event.text.length; ) {
    const isCut = /[\ud800-\udbff]/.test(event.text[from + longest - 1] ?? '');
    const to = from + longest - (isCut ? 1 : 0);
    parts.push({ ...event, text: event.text.slice(from, to) });
    from = to;
  }
  return parts;
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
