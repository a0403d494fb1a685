/** Which candidates fit what is written, and how far they agree. */

import { graphemes } from '../../terminal/width.ts';
import { fold, matching } from '../picker/match.ts';
import type { Candidate } from './candidate.ts';

/** Those that begin with it; if none does, those that contain it, of files those that have its letters in order. */
export function fitting(candidates: readonly Candidate[], written: string): readonly Candidate[] {
  const wanted = keyOf(written);
  const begun = candidates.filter(({ value }) => keyOf(value).startsWith(wanted));
  if (begun.length > 0) return begun;
  if (wanted.startsWith('@')) return matching(inner(wanted), candidates, ({ value }) => value);
  return candidates.filter(({ value }) => keyOf(value).includes(inner(wanted)));
}

/** What all of them begin with; `written` when that is less or something else. */
export function agreedStart(candidates: readonly Candidate[], written: string): string {
  const [first = [], ...rest] = candidates.map(({ value }) => graphemes(value));
  let length = first.length;
  for (const other of rest) {
    const differs = first.slice(0, length).findIndex((grapheme, index) => grapheme !== other[index]);
    if (differs !== -1) length = differs;
  }
  const agreed = first.slice(0, length).join('');
  return agreed.length > written.length && keyOf(agreed).startsWith(keyOf(written)) ? agreed : written;
}

/** A name with blanks is offered in quotes, and begun without. */
function keyOf(text: string): string {
  return fold(text).replace(/^@"/, '@');
}

/** What is looked for inside, without the sign that only stands at the beginning. */
function inner(key: string): string {
  return key.replace(/^[@/]/, '') || key;
}
