/** Keys to what they are bound to. Two chords in a row may be one binding: `ctrl+x ctrl+u`. */

import { type Bound, bindings } from './bindings.ts';
import type { Key } from './key.ts';

export interface Keymap {
  /** undefined for text, for what is not bound, and for the first of two chords. */
  read(key: Key): Bound | undefined;
}

export function createKeymap(): Keymap {
  let first: string | undefined;
  return {
    read(key) {
      const before = first;
      first = undefined;
      if (key.type !== 'chord') return undefined;
      if (before !== undefined) return bindings[`${before} ${key.chord}`];
      if (prefixes.has(key.chord)) first = key.chord;
      return bindings[key.chord];
    },
  };
}

const prefixes = new Set(
  Object.keys(bindings)
    .filter((chords) => chords.includes(' '))
    .map((chords) => chords.slice(0, chords.indexOf(' '))),
);
