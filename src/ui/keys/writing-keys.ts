/** What a key does to the text before any binding is looked at: typing, pasting, opening a paste, searching. */

import type { Editor, EditorAction } from '../editor/editor.ts';
import { pasteAt } from '../editor/paste.ts';
import type { Key } from './key.ts';
import { readSearchKey } from './search-keys.ts';

export interface WritingAnswer {
  readonly action: EditorAction | undefined;
  /** Others may have a use for the key. */
  readonly goesOn: boolean;
}

/** @param entries  of the history, oldest first */
export function readWritingKey(key: Key, editor: Editor, entries: readonly string[]): WritingAnswer {
  if (editor.search !== undefined) return readSearchKey(key, entries);
  if (key.type === 'text') return { action: { type: 'insert', text: key.text }, goesOn: true };
  if (key.type === 'paste') return { action: { type: 'paste', text: key.text }, goesOn: true };
  const opens = key.type === 'chord' && key.chord === 'tab' && pasteAt(editor.text, editor.caret, editor.pastes);
  return opens ? { action: { type: 'expand-paste' }, goesOn: false } : { action: undefined, goesOn: true };
}
