/** Two parts of one answer, put together. */

/**
 * A model that was asked to go on repeats some of what it said; less than this agrees by chance. In letters of an
 * alphabet: a syllable or a character of Korean, Chinese or Japanese says as much as three.
 */
const leastOverlap = 12;
/** A server that goes on by itself and begins with all that was said does not do so by chance. */
const leastEcho = 3;
const longestOverlap = 2000;

/**
 * @param asked  the second part was asked for in words, so that the model may have begun anew; else it is what
 * follows the first without its trailing space
 */
export function joinContinued(first: string, second: string, asked: boolean): string {
  const before = first.trimEnd();
  const repeated = repeatedIn(second, before, asked);
  if (!asked || repeated > 0) return before + second.slice(repeated);
  return first + spaceBetween(first, second) + second;
}

/** How much of the beginning of the second part was said before. Mistral and llama.cpp say the first once more. */
function repeatedIn(second: string, before: string, asked: boolean): number {
  if (second.startsWith(before) && weightOf(before) >= (asked ? leastOverlap : leastEcho)) return before.length;
  return asked ? overlapOf(before, second) : 0;
}

function overlapOf(before: string, second: string): number {
  for (let length = Math.min(before.length, second.length, longestOverlap); length > 0; length--) {
    const part = second.slice(0, length);
    if (before.endsWith(part)) return weightOf(part) >= leastOverlap ? length : 0;
  }
  return 0;
}

function weightOf(text: string): number {
  const dense = text.match(/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return text.length + 2 * dense;
}

/** These write no spaces between words. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const hangul = /\p{Script=Hangul}/u;

/**
 * A token begins with its space, and servers trim the one that an answer begins with. Korean has spaces, but its
 * tokens are syllables and endings: more often than not an answer is cut inside of a word.
 */
function spaceBetween(first: string, second: string): string {
  const [last = '', next = ''] = [[...first.slice(-2)].at(-1), [...second.slice(0, 2)][0]];
  if (last === '' || next === '' || /\s/.test(last) || /[\s.,;:!?)\]}]/.test(next)) return '';
  if (spaceless.test(last) || spaceless.test(next)) return '';
  return hangul.test(last) && hangul.test(next) ? '' : ' ';
}

export interface EchoFilter {
  /** What of this delta is new. */
  push(delta: string): string;
  /** What was held back and is new after all. */
  end(): string;
}

/** Keeps off the screen what the second part says once more; the rest is what `joinContinued` adds, but for a space. */
export function createEchoFilter(said: string, asked: boolean): EchoFilter {
  const before = said.trimEnd();
  let held = '';
  let isOpen = true;

  /** More of it may still turn out to be said before. */
  function mayRepeat(): boolean {
    if (before.startsWith(held)) return true;
    return asked && before.slice(-longestOverlap).includes(held);
  }

  function release(): string {
    isOpen = false;
    return held.slice(repeatedIn(held, before, asked));
  }

  return {
    push(delta) {
      if (!isOpen) return delta;
      held += delta;
      return mayRepeat() ? '' : release();
    },
    end: () => (isOpen ? release() : ''),
  };
}
