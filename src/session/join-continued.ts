/** Two parts of one answer, put together. */

/** A model that was asked to go on repeats some of what it said; fewer characters than these agree by chance. */
const leastOverlap = 12;
const longestOverlap = 2000;

/**
 * @param asked  the second part was asked for in words, so that the model may have begun anew; else it is what
 * follows the first without its trailing space
 */
export function joinContinued(first: string, second: string, asked: boolean): string {
  const before = first.trimEnd();
  if (startsAgain(before, second)) return second;
  if (!asked) return before + second;
  const overlap = overlapOf(before, second);
  if (overlap > 0) return before + second.slice(overlap);
  return first + spaceBetween(first, second) + second;
}

/** Mistral says the beginning once more before it goes on. */
function startsAgain(before: string, second: string): boolean {
  return before.length >= leastOverlap && second.startsWith(before);
}

function overlapOf(before: string, second: string): number {
  for (let length = Math.min(before.length, second.length, longestOverlap); length >= leastOverlap; length--) {
    if (before.endsWith(second.slice(0, length))) return length;
  }
  return 0;
}

/** A token begins with its space, and servers trim the one that an answer begins with. Chinese and Japanese have none. */
function spaceBetween(first: string, second: string): string {
  if (first === '' || second === '' || /\s$/.test(first) || /^[\s.,;:!?)\]}]/.test(second)) return '';
  const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  return spaceless.test(first.slice(-1)) || spaceless.test(second.slice(0, 1)) ? '' : ' ';
}

export interface EchoFilter {
  /** What of this delta is new. */
  push(delta: string): string;
  /** What was held back and is new after all. */
  end(): string;
}

/** Keeps an answer's beginning off the screen when the server says it once more. */
export function createEchoFilter(said: string): EchoFilter {
  const before = said.trimEnd();
  let held = '';
  let isOpen = before.length >= leastOverlap;
  return {
    push(delta) {
      if (!isOpen) return delta;
      held += delta;
      if (held.length < before.length && before.startsWith(held)) return '';
      isOpen = false;
      return held.startsWith(before) ? held.slice(before.length) : held;
    },
    end() {
      const rest = isOpen ? held : '';
      isOpen = false;
      return rest;
    },
  };
}
