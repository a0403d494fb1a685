/** Which key does what while the history is searched. */

import type { EditorAction } from '../editor/editor.ts';
import type { SearchStep } from '../editor/search.ts';
import type { Key } from './key.ts';

interface SearchAnswer {
  readonly action: EditorAction | undefined;
  /** The search is over, and the key means what it always does. */
  readonly goesOn: boolean;
}

/** @param entries  of the history, oldest first */
export function readSearchKey(key: Key, entries: readonly string[]): SearchAnswer {
  const step = (made: SearchStep): SearchAnswer => ({ action: { type: 'search', step: made, entries }, goesOn: false });
  const end = (take: 'found' | 'nothing'): EditorAction => ({ type: 'end-search', take });

  if (key.type === 'text' || key.type === 'paste') return step({ type: 'write', text: key.text });
  if (key.type !== 'chord') return { action: undefined, goesOn: false };
  const made = steps[key.chord];
  if (made !== undefined) return step(made);
  if (leaving.has(key.chord)) return { action: end('nothing'), goesOn: false };
  return { action: end('found'), goesOn: !taking.has(key.chord) };
}

const steps: Readonly<Record<string, SearchStep>> = {
  'ctrl+r': { type: 'older' },
  up: { type: 'older' },
  'ctrl+p': { type: 'older' },
  'ctrl+s': { type: 'newer' },
  down: { type: 'newer' },
  'ctrl+n': { type: 'newer' },
  backspace: { type: 'erase', what: 'character' },
  'ctrl+u': { type: 'erase', what: 'all' },
  'ctrl+w': { type: 'erase', what: 'all' },
};

const leaving = new Set(['escape', 'ctrl+g', 'ctrl+c']);
const taking = new Set(['enter', 'tab']);
