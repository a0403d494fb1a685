/** Looking for an earlier message while its words are typed (Ctrl+R): a pure state and what keys do to it. */

import { previousGrapheme } from './boundaries.ts';

export interface Search {
  readonly query: string;
  /** The last message that was found; it stays while what is typed on finds nothing. */
  readonly found: Found | undefined;
  readonly failed: boolean;
}

export interface Found {
  /** Counted from the newest, which is 0. */
  readonly age: number;
  readonly text: string;
  /** Where the query stands in it; UTF-16 offset. */
  readonly at: number;
}

export type SearchStep =
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'erase'; readonly what: 'character' | 'all' }
  | { readonly type: 'older' }
  | { readonly type: 'newer' };

export const emptySearch: Search = { query: '', found: undefined, failed: false };

/** @param entries  oldest first */
export function search(state: Search, step: SearchStep, entries: readonly string[]): Search {
  const { query, found } = state;
  switch (step.type) {
    case 'write':
      return look(query + step.text.replace(/\s+/g, ' '), { state, from: found?.age ?? 0, by: 1 }, entries);
    case 'erase': {
      const kept = step.what === 'all' ? '' : query.slice(0, previousGrapheme(query, query.length));
      return look(kept, { state: emptySearch, from: 0, by: 1 }, entries);
    }
    case 'older':
      return look(query, { state, from: found === undefined ? 0 : found.age + 1, by: 1 }, entries);
    case 'newer':
      return look(query, { state, from: found === undefined ? 0 : found.age - 1, by: -1 }, entries);
    default:
      return step satisfies never;
  }
}

interface Looking {
  readonly state: Search;
  readonly from: number;
  readonly by: 1 | -1;
}

function look(query: string, { state, from, by }: Looking, entries: readonly string[]): Search {
  if (query === '') return emptySearch;
  const wanted = folded(query);
  for (let age = from; age >= 0 && age < entries.length; age += by) {
    const text = entries[entries.length - 1 - age] ?? '';
    const at = folded(text).indexOf(wanted);
    // The same message sent twice is found once.
    const isNews = text !== state.found?.text || age === state.found.age;
    // Folding changes the length of few texts; the caret may then stand a little beside.
    if (at !== -1 && isNews) return { query, found: { age, text, at: Math.min(at, text.length) }, failed: false };
  }
  return { query, found: state.found, failed: true };
}

/** Upper and lower case, composed and decomposed are alike, and a line end is a blank. */
function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s/g, ' ');
}
