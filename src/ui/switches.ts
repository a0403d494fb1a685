/** The switches of the view, for keys and commands alike. What stands in the scrollback cannot change: it is printed again. */

import type { ThemeName } from '../core/theme-name.ts';
import type { Theme } from '../terminal/theme.ts';
import { createAnswer } from './answer.ts';
import { startVi } from './editor/vi/vi.ts';
import type { Look } from './look.ts';
import { reasoningPassages } from './reasoning.ts';
import { sourcePassages } from './source.ts';
import type { Passage } from './state.ts';
import type { Store } from './store.ts';
import { noticePassage } from './transcript.ts';

export interface Switches {
  /** Rendered or as written, from now on; the last answer again, the other way. Undefined where all is as written. */
  readonly toggleSource: (() => void) | undefined;
  /** Reasoning as one line or as text, from now on; opened, the last one is printed. */
  toggleReasoning(): void;
  /** Chosen since the start. */
  theme(): ThemeName | undefined;
  /** Undefined when the terminal is used without themes. */
  readonly setTheme: ((name: ThemeName) => void) | undefined;
  /** vi mode of the editor, on or off; what is written stays. Undefined where the terminal edits the line itself. */
  readonly setVi: ((on: boolean) => void) | undefined;
}

export interface SwitchesOptions {
  readonly store: Store;
  readonly look: () => Look;
  readonly themeNamed: ((name: ThemeName) => Theme) | undefined;
  /** Answers are drawn and the editor is ours; without it output is only added to. */
  readonly hasScreen: boolean;
}

export function createSwitches({ store, look, themeNamed, hasScreen }: SwitchesOptions): Switches {
  const { dispatch, state } = store;

  function print(note: string, passages: readonly Passage[]): void {
    dispatch({ type: 'print', passages: [noticePassage({ level: 'info', text: note }, look()), ...passages] });
  }

  /** Of reasoning that goes on: below the notice it would stand cut until the next word comes. */
  function dropOpenRow(): void {
    const live = state().running?.live;
    if (live?.tail?.kind !== 'reasoning') return;
    dispatch({ type: 'print', passages: [], live: { ...live, tail: undefined } });
  }

  function toggleSource(): void {
    const { source, answer } = state().view;
    dispatch({ type: 'view', action: { type: 'source', on: !source } });
    const idle = state().running === undefined;
    if (source) print('answers are rendered', idle ? renderedPassages(answer, look) : []);
    else print('answers are shown as the model writes them', idle ? sourcePassages(answer, look()) : []);
  }

  return {
    toggleSource: hasScreen ? toggleSource : undefined,
    toggleReasoning() {
      const { folded, reasoning } = state().view;
      dispatch({ type: 'view', action: { type: 'fold', on: !folded } });
      if (!folded) {
        dropOpenRow();
        return print('reasoning is one line; Ctrl+T opens it', []);
      }
      print('reasoning is shown', state().running === undefined ? reasoningPassages(reasoning, look()) : []);
    },
    theme: () => state().view.theme?.name,
    setTheme:
      themeNamed &&
      ((name) => dispatch({ type: 'view', action: { type: 'theme', theme: { name, theme: themeNamed(name) } } })),
    setVi: hasScreen
      ? (on) => dispatch({ type: 'vi', vi: on ? startVi(state().editor) : undefined, editor: state().editor })
      : undefined,
  };
}

function renderedPassages(text: string, look: () => Look): readonly Passage[] {
  const answer = createAnswer(look);
  return [...answer.show({ type: 'text-delta', text }), ...answer.end()];
}
