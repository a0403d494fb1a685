/** The candidates under the prompt: a pure state and what typing and choosing do to it. */

import { type Editor, edit } from '../editor/editor.ts';
import type { Candidate } from './candidate.ts';
import { fitting } from './fitting.ts';

export interface Completing {
  /** The text before the part that is completed. The list is gone when it changes. */
  readonly before: string;
  readonly offered: readonly Candidate[];
  /** Those that fit what is written. */
  readonly shown: readonly Candidate[];
  /** What the person wrote, which stands again when the list is left. */
  readonly written: string;
  /** Which of `shown` stands in the editor; -1 is none yet. */
  readonly at: number;
  /** Instead of candidates: that they are looked for, or why there are none. */
  readonly note: string | undefined;
}

export type CompletingAction =
  | { readonly type: 'show'; readonly completing: Completing | undefined }
  /** The next or the previous one comes into the editor, round the ends. */
  | { readonly type: 'choose'; readonly by: 1 | -1 }
  /** What was written comes back. */
  | { readonly type: 'leave' };

interface Completed {
  readonly editor: Editor;
  readonly completing: Completing | undefined;
}

export function reduceCompleting({ editor, completing }: Completed, action: CompletingAction): Completed {
  switch (action.type) {
    case 'show':
      return { editor, completing: action.completing };
    case 'choose':
      return completing === undefined ? { editor, completing } : putIn(editor, choose(completing, action.by));
    case 'leave':
      return { editor: completing ? putIn(editor, { ...completing, at: -1 }).editor : editor, completing: undefined };
    default:
      return action satisfies never;
  }
}

function putIn(editor: Editor, completing: Completing): Completed {
  const { before, shown, at, written } = completing;
  const text = shown[at]?.value ?? written;
  const isThere = editor.text.slice(before.length, editor.caret) === text;
  const splice = { type: 'splice', start: before.length, end: editor.caret, text } as const;
  return { completing, editor: isThere ? editor : edit(editor, splice) };
}

export function offer(before: string, written: string, offered: readonly Candidate[]): Completing {
  return { before, written, offered, shown: fitting(offered, written), at: -1, note: undefined };
}

export function explain(before: string, written: string, note: string): Completing {
  return { ...offer(before, written, []), note };
}

/** After a key changed the text: what still fits, or nothing. */
export function follow(
  completing: Completing | undefined,
  { text, caret }: Pick<Editor, 'text' | 'caret'>,
): Completing | undefined {
  if (completing === undefined) return undefined;
  const { before, offered, note } = completing;
  if (note !== undefined || caret < before.length || !text.startsWith(before)) return undefined;
  const written = text.slice(before.length, caret);
  const shown = fitting(offered, written);
  return shown.length === 0 || isChosen(shown, written) ? undefined : { ...completing, written, shown, at: -1 };
}

function isChosen(shown: readonly Candidate[], written: string): boolean {
  return shown.length === 1 && shown[0]?.value === written;
}

function choose(completing: Completing, by: 1 | -1): Completing {
  const { shown, at } = completing;
  if (shown.length === 0) return completing;
  const from = at === -1 && by === -1 ? 0 : at;
  return { ...completing, at: (from + by + shown.length) % shown.length };
}
