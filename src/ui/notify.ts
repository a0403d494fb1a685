/** A sign that a long answer has ended, for a person who looks at another window. */

import type { NotifyWay } from '../core/notify-way.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import type { Store } from './store.ts';

export interface Notifier {
  /** The terminal says whether its window has the keyboard. */
  onFocus(gained: boolean): void;
  close(): void;
}

export interface NotifierOptions {
  readonly store: Store;
  readonly way: NotifyWay;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly write: (sequence: string) => void;
}

/** Whoever waits for less is still there. */
const longMs = 10_000;

export function createNotifier({ store, way, now, write }: NotifierOptions): Notifier {
  let focused = true;
  let startedMs: number | undefined;
  const watch = (): void => {
    const { running, asking } = store.state();
    // A question is waited for as an answer is.
    const isWorking = running !== undefined && asking === undefined;
    if (isWorking) startedMs ??= now();
    if (isWorking || startedMs === undefined) return;
    const isLong = now() - startedMs >= longMs;
    startedMs = undefined;
    if (isLong && !focused && way !== 'off') write(signals[way](asking === undefined ? done : question));
  };
  const unsubscribe = store.subscribe(watch);
  return {
    onFocus(gained) {
      focused = gained;
    },
    close: () => void unsubscribe(),
  };
}

const done = safe`banter: the answer is there`;
const question = safe`banter: a tool call waits for you`;

const signals: Readonly<Record<Exclude<NotifyWay, 'off'>, (text: SafeText) => string>> = {
  bell: () => '\x07',
  osc9: (text) => `\x1b]9;${text}\x07`,
};
