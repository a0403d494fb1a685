/** The text being written: a pure state and what keys do to it. Where it stands on the screen is `layout.ts`. */

import {
  lineEnd,
  lineStart,
  nextGrapheme,
  nextWord,
  previousGrapheme,
  previousRun,
  previousWord,
} from './boundaries.ts';
import { isOnFirstRow, isOnLastRow, moveVertically } from './layout.ts';

export interface Editor {
  readonly text: string;
  /** UTF-16 offset, always between graphemes. */
  readonly caret: number;
  /** The column Up and Down aim for, in cells; kept while only they are used. */
  readonly goal: number | undefined;
  /** What was deleted last by a kill, for Ctrl+Y. */
  readonly killed: string;
  readonly browsing: Browsing | undefined;
}

/** Set while the text is an entry of the history; the draft comes back below the newest entry. */
interface Browsing {
  /** Counted from the newest, which is 0. */
  readonly age: number;
  readonly draft: string;
}

export type EditorAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'replace'; readonly text: string }
  | { readonly type: 'delete'; readonly to: Target }
  | { readonly type: 'kill'; readonly to: Target }
  | { readonly type: 'yank' }
  | { readonly type: 'move'; readonly to: Target }
  /** @param columns  cells a row of the editor has */
  | { readonly type: 'move-row'; readonly by: 1 | -1; readonly columns: number }
  /** @param entries  oldest first */
  | { readonly type: 'history'; readonly by: 1 | -1; readonly entries: readonly string[] };

export type Target =
  | 'previous'
  | 'next'
  | 'previous-word'
  | 'next-word'
  | 'previous-run'
  | 'line-start'
  | 'line-end'
  | 'all';

export const emptyEditor: Editor = { text: '', caret: 0, goal: undefined, killed: '', browsing: undefined };

export function edit(editor: Editor, action: EditorAction): Editor {
  switch (action.type) {
    case 'insert':
      return changed(editor, spliced(editor, editor.caret, action.text), editor.caret + action.text.length);
    case 'replace':
      return changed(editor, action.text, action.text.length);
    case 'delete':
      return cut(editor, action.to);
    case 'kill': {
      const after = cut(editor, action.to);
      const killed = removed(editor, after);
      return killed === '' ? after : { ...after, killed };
    }
    case 'yank':
      return edit(editor, { type: 'insert', text: editor.killed });
    case 'move':
      return { ...editor, caret: target(editor, action.to), goal: undefined };
    case 'move-row': {
      const { caret, goal } = moveVertically(editor, action.by, action.columns);
      return { ...editor, caret, goal };
    }
    case 'history':
      return browse(editor, action.by, action.entries);
    default:
      return action satisfies never;
  }
}

function changed(editor: Editor, text: string, caret: number): Editor {
  return { ...editor, text, caret: onBoundary(text, caret), goal: undefined, browsing: undefined };
}

/** A mark typed or pasted may join the grapheme before it or after it: the caret stands behind the whole. */
function onBoundary(text: string, caret: number): number {
  if (caret === 0 || caret === text.length) return caret;
  return nextGrapheme(text, previousGrapheme(text, caret));
}

function spliced({ text, caret }: Editor, until: number, inserted: string): string {
  return text.slice(0, Math.min(caret, until)) + inserted + text.slice(Math.max(caret, until));
}

function cut(editor: Editor, to: Target): Editor {
  if (to === 'all') return changed(editor, '', 0);
  const until = target(editor, to);
  return until === editor.caret ? editor : changed(editor, spliced(editor, until, ''), Math.min(editor.caret, until));
}

function removed(before: Editor, after: Editor): string {
  const start = after.caret;
  return before.text.slice(start, start + before.text.length - after.text.length);
}

function target({ text, caret }: Editor, to: Target): number {
  switch (to) {
    case 'previous':
      return previousGrapheme(text, caret);
    case 'next':
      return nextGrapheme(text, caret);
    case 'previous-word':
      return previousWord(text, caret);
    case 'next-word':
      return nextWord(text, caret);
    case 'previous-run':
      return previousRun(text, caret);
    case 'line-start':
      return lineStart(text, caret);
    case 'line-end':
      return lineEnd(text, caret);
    case 'all':
      return 0;
    default:
      return to satisfies never;
  }
}

function browse(editor: Editor, by: 1 | -1, entries: readonly string[]): Editor {
  const age = (editor.browsing?.age ?? -1) - by;
  const draft = editor.browsing?.draft ?? editor.text;
  if (age >= entries.length || age < -1) return editor;
  const text = age === -1 ? draft : (entries[entries.length - 1 - age] ?? '');
  return { ...editor, text, caret: text.length, goal: undefined, browsing: age === -1 ? undefined : { age, draft } };
}

/** Up and Down walk the history at the text's edges, and go on while an entry stands untouched. */
export function atHistoryEdge(editor: Editor, by: 1 | -1, columns: number): boolean {
  if (editor.browsing !== undefined && editor.caret === editor.text.length) return true;
  return by === -1 ? isOnFirstRow(editor, columns) : isOnLastRow(editor, columns);
}
