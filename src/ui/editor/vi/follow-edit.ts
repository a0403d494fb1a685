/** What happens to the text beside vi's own commands: keys that mean the same in each mode, commands, completion. */

import type { Editor, EditorAction } from '../editor.ts';
import { onGrapheme } from './normal-caret.ts';
import { startVi, type Vi } from './vi.ts';

interface Followed {
  readonly vi: Vi | undefined;
  readonly editor: Editor;
}

/** @param done  undefined where it was no action of the editor's */
export function followEdit({ vi, editor }: Followed, done: EditorAction['type'] | undefined): Followed {
  if (vi === undefined) return { vi, editor };
  // Another text has come, or the next one is to be written.
  if (done === 'clear' || done === 'replace' || done === 'restore') return { editor, vi: startVi(editor, vi) };
  if (vi.mode === 'insert') return { vi, editor };
  return { vi, editor: { ...editor, caret: onGrapheme(editor.text, editor.caret) } };
}
