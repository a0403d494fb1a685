/** What is wrong with a JSON text, in words for the model that wrote it. */

import type { Expected } from './json-scanner.ts';

/** Something stands where the grammar has no place for it. */
export function misplaced(expected: Expected, found: string): string {
  switch (expected) {
    case 'root':
      return `the text begins with ${found}, which begins no JSON value`;
    case 'first-item':
      return `[ is followed by ${found} where a value or ] must stand`;
    case 'item':
      return `a comma is followed by ${found} where a value must stand`;
    case 'first-key':
      return `{ is followed by ${found} where a key in double quotes or } must stand`;
    case 'key':
      return `a comma is followed by ${found} where a key in double quotes must stand`;
    case 'colon':
      return `a key is followed by ${found} where a colon must stand`;
    case 'member':
      return `a colon is followed by ${found} where a value must stand`;
    case 'next-item':
      return `an array element is followed by ${found} where a comma or ] must stand`;
    case 'next-key':
      return `a member of an object is followed by ${found} where a comma or } must stand`;
    case 'end':
      return `the JSON value is followed by ${found} where the text must end`;
    default:
      return expected satisfies never;
  }
}

/** The text is over too early: in the middle of a token, or where something more must stand. */
export function endWhere(inside: string, expected: Expected): string {
  if (inside === 'nothing') {
    return expected === 'root' ? 'the text is empty' : misplaced(expected, 'the end of the text');
  }
  if (inside === 'number') return 'the text ends in the middle of a number';
  if (inside === 'string' || inside === 'escape' || inside === 'hex') return 'the text ends in the middle of a string';
  return `the text ends in the middle of the word ${inside}`;
}

/** The character itself where it can be seen, `U+000A` where it cannot. */
export function nameCharacter(text: string, index: number): string {
  const point = text.codePointAt(index) ?? 0;
  const visible = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(point));
  return visible ? String.fromCodePoint(point) : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
