/**
 * Ends an answer at the first of some strings, which many servers are told of but do not heed.
 * Text may be cut anywhere between deltas, so what can be the beginning of a stop string waits for the next one;
 * anything else goes on at once. The result is the same however the text was cut.
 */
export class StopMatcher {
  readonly #stop: readonly string[];
  #held = '';
  #isStopped = false;

  constructor(stop: readonly string[]) {
    this.#stop = stop.filter((text) => text !== '');
  }

  /** A stop string came; what follows it is dropped. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The text that can go on. */
  push(text: string): string {
    if (this.#isStopped) return '';
    const all = this.#held + text;
    const startAt = findFirst(all, this.#stop);
    this.#isStopped = startAt !== undefined;
    const length = startAt ?? all.length - countHeld(all, this.#stop);
    this.#held = this.#isStopped ? '' : all.slice(length);
    return all.slice(0, length);
  }

  /** What still waits, at the end of an answer that did not come to a stop string. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }
}

/** Where the stop string begins that is complete first; of two that end together, the longer one. */
function findFirst(text: string, stop: readonly string[]): number | undefined {
  const found = stop
    .map((word) => ({ startAt: text.indexOf(word), length: word.length }))
    .filter(({ startAt }) => startAt >= 0)
    .sort((a, b) => a.startAt + a.length - (b.startAt + b.length) || b.length - a.length);
  return found[0]?.startAt;
}

/** How many characters at the end are the beginning of a stop string. */
function countHeld(text: string, stop: readonly string[]): number {
  const longest = Math.max(0, ...stop.map((word) => word.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const tail = text.slice(-length);
    if (stop.some((word) => word.length > length && word.startsWith(tail))) return length;
  }
  return 0;
}
