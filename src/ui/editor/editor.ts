/** The text being written: a pure state and what keys do to it. Where it stands on the screen is `layout.ts`. */

import {
  browse,
  changeCase,
  changed,
  cut,
  endSearch,
  expandPaste,
  insert,
  kill,
  paste,
  restore,
  splice,
  stepTo,
  target,
  yank,
  yankOlder,
} from './changes.ts';
import type { DraftPart } from './draft-parts.ts';
import type { KillRing } from './kill-ring.ts';
import { isOnFirstRow, isOnLastRow, moveVertically } from './layout.ts';
import { expandPastes, hasMark, type Pastes } from './paste.ts';
import { emptySearch, type Search, type SearchStep, search } from './search.ts';
import { emptyUndoLog, recordStep, redo, type UndoLog, undo } from './undo.ts';

export interface Editor {
  /** A long paste is one character of it: `writtenText` has them in full. */
  readonly text: string;
  /** UTF-16 offset, always between graphemes. */
  readonly caret: number;
  /** The column Up and Down aim for, in cells; kept while only they are used. */
  readonly goal: number | undefined;
  readonly pastes: Pastes;
  readonly kills: KillRing;
  readonly log: UndoLog;
  /** What was done last: kills in a row are one, and so is a run of typing for undo. */
  readonly last: EditorAction['type'] | undefined;
  readonly browsing: Browsing | undefined;
  /** The history is being searched; the text stands still until something found is taken. */
  readonly search: Search | undefined;
}

/** Set while the text is an entry of the history; the draft comes back below the newest entry. */
interface Browsing {
  /** Counted from the newest, which is 0. */
  readonly age: number;
  readonly draft: string;
}

export type EditorAction =
  /** Typed. */
  | { readonly type: 'insert'; readonly text: string }
  /** Pasted: one unit where it is long. */
  | { readonly type: 'paste'; readonly text: string }
  /** The paste at the caret becomes text like any other. */
  | { readonly type: 'expand-paste' }
  | { readonly type: 'replace'; readonly text: string }
  /** An earlier message in the place of what is there, its pastes folded again. */
  | { readonly type: 'restore'; readonly parts: readonly DraftPart[] }
  /** Puts text in the place of a part, the caret behind it. Offsets as in `text`. */
  | { readonly type: 'splice'; readonly start: number; readonly end: number; readonly text: string }
  /** It was sent: there is nothing to undo. */
  | { readonly type: 'clear' }
  | { readonly type: 'delete'; readonly to: Target }
  | { readonly type: 'kill'; readonly to: Target }
  | { readonly type: 'yank' }
  /** Behind a yank: what was killed before, in its place. */
  | { readonly type: 'yank-older' }
  | { readonly type: 'change-case'; readonly to: WordCase }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'move'; readonly to: Target }
  /** @param columns  cells a row of the editor has */
  | { readonly type: 'move-row'; readonly by: 1 | -1; readonly columns: number }
  /** @param entries  oldest first */
  | { readonly type: 'history'; readonly by: 1 | -1; readonly entries: readonly string[] }
  /** Begins a search where there is none. */
  | { readonly type: 'search'; readonly step: SearchStep; readonly entries: readonly string[] }
  | { readonly type: 'end-search'; readonly take: 'found' | 'nothing' };

export type Target =
  | 'previous'
  | 'next'
  | 'previous-word'
  | 'next-word'
  | 'previous-run'
  | 'line-start'
  | 'line-end'
  | 'all';

export type WordCase = 'upper' | 'lower' | 'capital';

export const emptyEditor: Editor = {
  text: '',
  caret: 0,
  goal: undefined,
  pastes: new Map(),
  kills: [],
  log: emptyUndoLog,
  last: undefined,
  browsing: undefined,
  search: undefined,
};

/** What is sent. */
export function writtenText({ text, pastes }: Editor): string {
  return expandPastes(text, pastes);
}

export function edit(editor: Editor, action: EditorAction): Editor {
  const next = apply(editor, action);
  if (next === editor) return editor;
  const isStep = next.text !== editor.text && next.log === editor.log && !continues(editor, action);
  return { ...next, log: isStep ? recordStep(editor.log, editor) : next.log, last: action.type };
}

/** A run of letters, or of characters deleted one by one, is undone together. */
function continues({ text, caret, last }: Editor, action: EditorAction): boolean {
  if (last !== action.type) return false;
  if (action.type === 'insert') return !/\s$/.test(text.slice(0, caret).slice(-1)) || /^\s/.test(action.text);
  return action.type === 'delete' || action.type === 'history' || action.type === 'yank-older';
}

function apply(editor: Editor, action: EditorAction): Editor {
  switch (action.type) {
    case 'insert':
      return hasMark(action.text) ? paste(editor, action.text) : insert(editor, action.text);
    case 'paste':
      return paste(editor, action.text);
    case 'expand-paste':
      return expandPaste(editor);
    case 'replace':
      return changed(editor, action.text, action.text.length);
    case 'restore':
      return restore(editor, action.parts);
    case 'splice':
      return splice(editor, action);
    case 'clear':
      return { ...changed(editor, '', 0), log: emptyUndoLog };
    case 'delete':
      return cut(editor, action.to);
    case 'kill':
      return kill(editor, action.to);
    case 'yank':
      return yank(editor);
    case 'yank-older':
      return yankOlder(editor);
    case 'change-case':
      return changeCase(editor, action.to);
    case 'undo':
      return stepTo(editor, undo(editor.log, editor));
    case 'redo':
      return stepTo(editor, redo(editor.log, editor));
    case 'move':
      return { ...editor, caret: target(editor, action.to), goal: undefined };
    case 'move-row':
      return { ...editor, ...moveVertically(editor, action.by, action.columns) };
    case 'history':
      return browse(editor, action.by, action.entries);
    case 'search':
      return { ...editor, search: search(editor.search ?? emptySearch, action.step, action.entries) };
    case 'end-search':
      return endSearch(editor, action.take);
    default:
      return action satisfies never;
  }
}

/** Up and Down walk the history at the text's edges, and go on while an entry stands untouched. */
export function atHistoryEdge(editor: Editor, by: 1 | -1, columns: number): boolean {
  if (editor.browsing !== undefined && editor.caret === editor.text.length) return true;
  return by === -1 ? isOnFirstRow(editor, columns) : isOnLastRow(editor, columns);
}
