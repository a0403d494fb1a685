/** The REPL without its screen: keys and messages in, changes of the store out. */

import type { ThemeName } from '../core/theme-name.ts';
import type { Theme } from '../terminal/theme.ts';
import type { ReplActions } from './actions.ts';
import { createPersonAsker } from './approval/ask-person.ts';
import { commands, readWritten, unknownCommand } from './commands/index.ts';
import { createCompleter } from './completion/completer.ts';
import { createDrafts } from './drafts.ts';
import { escapeIdle, takeEdit } from './edit-earlier.ts';
import { editOutside } from './edit-outside.ts';
import { atHistoryEdge, type EditorAction, writtenText } from './editor/editor.ts';
import { editorColumns, type Frame } from './frame.ts';
import type { Intent } from './keys/bindings.ts';
import type { Key } from './keys/key.ts';
import { createKeymap } from './keys/keymap.ts';
import { readWritingKey } from './keys/writing-keys.ts';
import { type Look, lookOf } from './look.ts';
import { outgoing } from './outgoing.ts';
import { createPicker } from './picker/picker.ts';
import type { QuitKey } from './state.ts';
import type { Store } from './store.ts';
import { createSwitches } from './switches.ts';
import { callPassages } from './tool-lines.ts';
import { errorPassage, noticePassage } from './transcript.ts';
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

const exitInterrupted = 130;
/** How long Ctrl+C or Ctrl+D waits to be pressed again. */
const quitArmedMs = 1500;
/** How long a stopped turn may take to store what it has, before the REPL ends without it. */
const stopGraceMs = 700;

export function createRepl({
  actions,
  store,
  theme,
  themeNamed,
  hyperlinks,
  handOver,
  redraw,
  stopProgram,
  follow,
  askLine,
  now,
}: ReplOptions): Repl {
  const { dispatch, state } = store;
  const look = (): Look => lookOf(state(), { theme, hyperlinks });
  const edit = (action: EditorAction): void => dispatch({ type: 'edit', action });
  const keymap = createKeymap();
  const drafts = createDrafts();
  let quitting = false;
  let historyFailed = false;
  let disarm: NodeJS.Timeout | undefined;
  let end: (exitCode: number) => void = () => {};
  let onBug: (bug: unknown) => void = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    onBug = reject;
  });
  const person = createPersonAsker({ store, now, redraw, stop: () => work.stop() });
  const picker = createPicker({ store, redraw, stop: () => work.stop() });
  const completer = createCompleter({ actions, commands, store, onBug });
  // Without a screen there is nothing to choose on.
  const pick = follow === undefined ? picker.pick : undefined;
  const switches = createSwitches({ store, look, themeNamed, hasScreen: follow === undefined });
  const work = createWork({
    ...{ actions, store, drafts, look, ask: person.ask, pick, follow, askLine, switches, now },
    onQuit: () => quit(0),
    onBug,
  });

  function note(level: 'info' | 'warning', text: string): void {
    const apart = state().running === undefined;
    dispatch({ type: 'print', passages: [{ ...noticePassage({ level, text }, look()), apart }] });
  }

  const warn = (text: string): void => note('warning', text);

  /** Said once: a disk that is full stays full. */
  function remember(text: string): void {
    const unwritten = actions.inputHistory.add(text);
    if (unwritten !== undefined && !historyFailed) warn(unwritten.message);
    historyFailed ||= unwritten !== undefined;
  }

  /** @param seen  the same with long pastes folded */
  function submit(written: string, seen = written): void {
    const text = written.trim();
    if (text === '') {
      work.sendWaiting();
      return;
    }
    const read = readWritten(text, (path) => actions.kindOfFile(path) !== undefined);
    if (read.kind === 'message') drafts.note(read.text, seen.trim(), state().editor.pastes);
    // Also what is refused: it is one Up away, and the next line is not written behind it.
    edit({ type: 'clear' });
    remember(text);
    if (read.kind === 'unknown') {
      dispatch({ type: 'print', passages: [errorPassage(unknownCommand(read), look())] });
      return;
    }
    const replaces = takeEdit(store);
    if (read.kind === 'command') work.submit({ kind: 'command', text, command: read.command, argument: read.argument });
    else work.submit(outgoing(read.text, seen, replaces));
  }

  function quit(exitCode: number): void {
    if (quitting) return;
    quitting = true;
    clearTimeout(disarm);
    completer.close();
    const timer = setTimeout(() => end(exitCode), stopGraceMs);
    work
      .close()
      .then(() => end(exitCode), onBug)
      .finally(() => clearTimeout(timer));
  }

  function interrupt(): void {
    const { running, editor, quitArmed } = state();
    if (running !== undefined && !running.stopping) work.stop();
    else if (state().editing?.kind === 'message') escapeIdle({ actions, store, drafts });
    else if (editor.text !== '') edit({ type: 'kill', to: 'all' });
    else if (quitArmed === 'Ctrl+C') quit(exitInterrupted);
    else armQuit('Ctrl+C');
  }

  /** An answer or a queue is not dropped for one key. */
  function endInput(): void {
    const { editor, running, queue, quitArmed } = state();
    if (editor.text !== '') edit({ type: 'delete', to: 'next' });
    else if (quitArmed === 'Ctrl+D' || (running === undefined && queue.length === 0)) quit(0);
    else armQuit('Ctrl+D');
  }

  function armQuit(key: QuitKey): void {
    dispatch({ type: 'arm-quit', key });
    clearTimeout(disarm);
    disarm = setTimeout(() => dispatch({ type: 'arm-quit', key: undefined }), quitArmedMs);
  }

  /** A backslash at the caret and Enter: a new line on any terminal. */
  function enter(): void {
    const { editor } = state();
    // In vi's normal mode the caret stands on a character, not behind one.
    if (state().vi?.mode === 'normal' || editor.text[editor.caret - 1] !== '\\') {
      submit(writtenText(editor), editor.text);
      return;
    }
    edit({ type: 'delete', to: 'previous' });
    edit({ type: 'insert', text: '\n' });
  }

  /** For the calls that are on screen already, and those to come. */
  function toggleDetails(): void {
    const { calls, details } = state();
    dispatch({ type: 'details', on: !details });
    note('info', details ? 'tool details off' : 'tool details on');
    if (!details) dispatch({ type: 'print', passages: callPassages(calls, look()) });
  }

  function moveRow(by: 1 | -1): void {
    const { editor } = state();
    const columns = editorColumns(state().columns);
    if (atHistoryEdge(editor, by, columns)) edit({ type: 'history', by, entries: actions.inputHistory.entries });
    else edit({ type: 'move-row', by, columns });
  }

  const perform: Readonly<Record<Intent, () => void>> = {
    send: enter,
    newline: () => edit({ type: 'insert', text: '\n' }),
    up: () => moveRow(-1),
    down: () => moveRow(1),
    interrupt,
    stop: () => (state().running === undefined ? escapeIdle({ actions, store, drafts }) : work.stop()),
    'end-of-input': endInput,
    redraw,
    suspend: () => {
      if (stopProgram !== undefined) handOver?.(stopProgram).catch(onBug);
    },
    'tool-details': toggleDetails,
    reasoning: switches.toggleReasoning,
    source: () => switches.toggleSource?.(),
    'take-back': () => dispatch({ type: 'take-back', which: 'last' }),
    'edit-outside': () => handOver && editOutside({ actions, store, handOver, warn }).catch(onBug),
    'search-history': () => edit({ type: 'search', step: { type: 'older' }, entries: actions.inputHistory.entries }),
  };

  const handleViKey = createViKeys({
    store,
    context: () => ({ columns: editorColumns(state().columns), entries: actions.inputHistory.entries }),
    perform,
  });

  function handleKey(key: Key): void {
    if (state().asking !== undefined) {
      if (key.type === 'chord' && keymap.read(key) === 'suspend') perform.suspend();
      else person.handleKey(key);
      return;
    }
    if (key.type === 'kitty-protocol') dispatch({ type: 'kitty-keys' });
    if (state().picking !== undefined) {
      if (key.type === 'chord' && keymap.read(key) === 'suspend') perform.suspend();
      else picker.handleKey(key);
      return;
    }
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
      for (const key of keys) if (!quitting) handleKey(key);
    },
    submit,
    regainTerminal: () => void handOver?.(async () => {}).catch(onBug),
    onDrawn({ dialog }) {
      if (dialog !== undefined) person.onDrawn(dialog);
    },
    quit,
    ended,
  };
}
