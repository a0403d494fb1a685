/** A list that one thing is chosen from, narrowed by typing: a pure state and what keys do to it. */

import { type Editor, type EditorAction, edit, emptyEditor } from '../editor/editor.ts';
import { matching } from './match.ts';

export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly detail: string;
  /** It is what is in use. */
  readonly current: boolean;
  /** The detail tells it from others: where there is no room for both, the title is cut. */
  readonly keepsDetail?: boolean;
}

export interface Picking {
  /** What is chosen, as in `Model: `. */
  readonly noun: string;
  /** What is typed can be taken when no choice fits it. */
  readonly takesTyped: boolean;
  /** Enter was pressed and there was nothing to take. */
  readonly refused: boolean;
  /** Undefined until they have arrived. */
  readonly choices: readonly Choice[] | undefined;
  readonly filter: Editor;
  /** The choices that fit the filter, best first. */
  readonly matches: readonly Choice[];
  /** Which of the matches Enter takes. */
  readonly at: number;
}

export type PickingAction =
  | { readonly type: 'open'; readonly noun: string; readonly takesTyped?: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'refuse' }
  | { readonly type: 'arrive'; readonly choices: readonly Choice[] }
  | { readonly type: 'filter'; readonly action: EditorAction }
  /** As far as there are choices. */
  | { readonly type: 'move'; readonly by: number };

/** @param picking  undefined while there is no list */
export function reducePicking(picking: Picking | undefined, action: PickingAction): Picking | undefined {
  if (action.type === 'open') {
    const { noun, takesTyped = false } = action;
    return { noun, takesTyped, refused: false, choices: undefined, filter: emptyEditor, matches: [], at: 0 };
  }
  return picking && reduceOpen(picking, action);
}

function reduceOpen(picking: Picking, action: Exclude<PickingAction, { type: 'open' }>): Picking | undefined {
  switch (action.type) {
    case 'close':
      return undefined;
    case 'refuse':
      return { ...picking, refused: true };
    case 'arrive': {
      const narrowed = narrow({ ...picking, choices: action.choices });
      const current = narrowed.matches.findIndex((choice) => choice.current);
      return picking.filter.text === '' && current !== -1 ? { ...narrowed, at: current } : narrowed;
    }
    case 'filter': {
      const filter = edit(picking.filter, action.action);
      return filter.text === picking.filter.text ? { ...picking, filter } : narrow({ ...picking, filter });
    }
    case 'move':
      return { ...picking, at: Math.max(0, Math.min(picking.at + action.by, picking.matches.length - 1)) };
    default:
      return action satisfies never;
  }
}

function narrow(picking: Picking): Picking {
  const { choices = [], filter } = picking;
  const matches = matching(filter.text, choices, ({ title, detail }) => `${title} ${detail}`);
  return { ...picking, matches, at: 0, refused: false };
}
