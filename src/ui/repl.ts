/** The REPL without its screen: keys and messages in, changes of the store out. */

import type { ThemeName } from '../core/theme-name.ts';
import type { Theme } from '../terminal/theme.ts';
import type { ReplActions } from './actions.ts';
import { createPersonAsker } from './approval/ask-person.ts';
import { commands } from './commands/index.ts';
import { createCompleter } from './completion/completer.ts';
import { createDrafts } from './drafts.ts';
import type { EditorAction } from './editor/editor.ts';
import { editorColumns, type Frame } from './frame.ts';
import { createIntents } from './intents.ts';
import { bindings } from './keys/bindings.ts';
import type { Key } from './keys/key.ts';
import { createKeymap } from './keys/keymap.ts';
import { readWritingKey } from './keys/writing-keys.ts';
import { type Look, lookOf } from './look.ts';
import { createPicker } from './picker/picker.ts';
import { createQuitting } from './quitting.ts';
import type { Store } from './store.ts';
import { createSubmit } from './submit.ts';
import { createSwitches } from './switches.ts';
import { noticePassage } from './transcript.ts';
import { createViKeys } from './vi-keys.ts';
import { createWork, type WorkOptions } from './work.ts';

export interface Repl {
  handleKeys(keys: readonly Key[]): void;
  /** As if it had been typed and sent. */
  submit(text: string): void;
  /** Takes the terminal back from something that did not ask for it. */
  regainTerminal(): void;
  /** The frame is on screen. */
  onDrawn(frame: Frame): void;
  /** Stops what runs, gives it a moment to be stored, and ends. */
  quit(exitCode: number): void;
  /** Resolves with the exit code. Rejects only for a bug. */
  readonly ended: Promise<number>;
}

export interface ReplOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly theme: Theme;
  readonly hyperlinks: boolean;
  /** Without it there is one theme. */
  readonly themeNamed?: ((name: ThemeName) => Theme) | undefined;
  /** Leaves the terminal to another program until it is done; where there is none to leave, Ctrl+G does nothing. */
  readonly handOver?: (use: () => Promise<void>) => Promise<void>;
  /** Draws the live region anew, for a screen that something else has written on. */
  readonly redraw: () => void;
  /** Stops the program for Ctrl+Z; resolves when it goes on. */
  readonly stopProgram?: (() => Promise<void>) | undefined;
  readonly follow?: WorkOptions['follow'];
  readonly askLine?: WorkOptions['askLine'];
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

export function createRepl(options: ReplOptions): Repl {
  const { actions, store, theme, themeNamed, hyperlinks, handOver, redraw, stopProgram, follow, askLine, now } =
    options;
  const { dispatch, state } = store;
  const look = (): Look => lookOf(state(), { theme, hyperlinks });
  const edit = (action: EditorAction): void => dispatch({ type: 'edit', action });
  const stop = (): void => work.stop();
  const quitting = createQuitting({
    store,
    close() {
      completer.close();
      return work.close();
    },
  });
  const { onBug } = quitting;
  const keymap = createKeymap();
  const drafts = createDrafts();
  const person = createPersonAsker({ store, now, redraw, stop });
  const picker = createPicker({ store, now, redraw, stop });
  const completer = createCompleter({ actions, commands, store, onBug });
  // Without a screen there is nothing to choose on.
  const pick = follow === undefined ? picker.pick : undefined;
  const switches = createSwitches({ store, look, themeNamed, hasScreen: follow === undefined });
  const work = createWork({
    ...{ actions, store, drafts, look, ask: person.ask, pick, follow, askLine, switches, now },
    onQuit: () => quitting.quit(0),
    onBug,
  });

  function note(level: 'info' | 'warning', text: string): void {
    const apart = state().running === undefined;
    dispatch({ type: 'print', passages: [{ ...noticePassage({ level, text }, look()), apart }] });
  }

  const submit = createSubmit({ actions, store, drafts, work, look, warn: (text) => note('warning', text) });
  const perform = createIntents({
    ...{ actions, store, drafts, switches, quitting, look, submit, stop, note, redraw, handOver, stopProgram },
  });
  const handleViKey = createViKeys({
    store,
    context: () => ({ columns: editorColumns(state().columns), entries: actions.inputHistory.entries }),
    perform,
  });

  function handleKey(key: Key): void {
    if (key.type === 'kitty-protocol') dispatch({ type: 'kitty-keys' });
    const { asking, picking } = state();
    if (key.type === 'chord' && bindings[key.chord] === 'suspend') perform.suspend();
    else if (asking !== undefined) person.handleKey(key);
    else if (picking !== undefined) picker.handleKey(key);
    else handlePromptKey(key);
  }

  function handlePromptKey(key: Key): void {
    if (handleViKey(key)) return;
    const { action, goesOn } = readWritingKey(key, state().editor, actions.inputHistory.entries);
    if (action !== undefined) edit(action);
    if (!goesOn || completer.handleKey(key)) return;
    const bound = keymap.read(key);
    if (typeof bound === 'string') perform[bound]();
    else if (bound !== undefined) edit(bound);
  }

  return {
    handleKeys(keys) {
      for (const key of keys) if (!quitting.hasBegun) handleKey(key);
    },
    submit,
    regainTerminal: () => void handOver?.(async () => {}).catch(onBug),
    onDrawn({ dialog }) {
      if (dialog !== undefined) person.onDrawn(dialog);
    },
    quit: quitting.quit,
    ended: quitting.ended,
  };
}
