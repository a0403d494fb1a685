/** The REPL without its screen: keys and messages in, changes of the store out. */

import type { Theme } from '../terminal/theme.ts';
import type { ReplActions } from './actions.ts';
import { readWritten } from './commands/index.ts';
import { atHistoryEdge, type EditorAction } from './editor/editor.ts';
import { editorColumns } from './frame.ts';
import { bindings, type Intent } from './keys/bindings.ts';
import type { Key } from './keys/key.ts';
import type { Look } from './look.ts';
import type { Store } from './store.ts';
import { noticePassage, userPassage } from './transcript.ts';
import { createWork } from './work.ts';

export interface Repl {
  handleKeys(keys: readonly Key[]): void;
  /** As if it had been typed and sent. */
  submit(text: string): void;
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
  /** Draws the live region anew, for a screen that something else has written on. */
  readonly redraw: () => void;
}

const exitInterrupted = 130;
/** How long Ctrl+C waits to be pressed again. */
const quitArmedMs = 1500;
/** How long a stopped turn may take to store what it has, before the REPL ends without it. */
const stopGraceMs = 700;

export function createRepl({ actions, store, theme, hyperlinks, redraw }: ReplOptions): Repl {
  const { dispatch, state } = store;
  const look = (): Look => ({ columns: state().columns, theme, hyperlinks });
  const edit = (action: EditorAction): void => dispatch({ type: 'edit', action });
  let quitting = false;
  let historyFailed = false;
  let disarm: NodeJS.Timeout | undefined;
  let end: (exitCode: number) => void = () => {};
  let onBug: (bug: unknown) => void = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    onBug = reject;
  });
  const work = createWork({ actions, store, look, onQuit: () => quit(0), onBug });

  function warn(text: string): void {
    dispatch({ type: 'print', passages: [noticePassage({ level: 'warning', text }, look())] });
  }

  /** Said once: a disk that is full stays full. */
  function remember(text: string): void {
    const unwritten = actions.inputHistory.add(text);
    if (unwritten !== undefined && !historyFailed) warn(unwritten.message);
    historyFailed ||= unwritten !== undefined;
  }

  function submit(written: string): void {
    const text = written.trim();
    if (text === '') return;
    const read = readWritten(text);
    const running = state().running !== undefined;
    // Both refusals leave the line in the editor: nothing written is lost, and one key corrects it.
    if (read.kind === 'unknown') {
      const near = read.near === undefined ? '/help lists the commands' : `did you mean /${read.near}?`;
      warn(`There is no command /${read.word}; ${near} (//${read.word} sends it as a message)`);
      return;
    }
    if (read.kind === 'command' && running && !read.command.anytime) {
      warn(`/${read.command.name} has to wait: Ctrl+C stops what is running`);
      return;
    }
    edit({ type: 'replace', text: '' });
    remember(text);
    if (read.kind === 'command') {
      dispatch({ type: 'print', passages: [userPassage(text, look())] });
      work.run(read.command, read.argument);
    } else if (running) {
      dispatch({ type: 'enqueue', text: read.text });
    } else {
      work.send(read.text);
    }
  }

  function quit(exitCode: number): void {
    if (quitting) return;
    quitting = true;
    clearTimeout(disarm);
    const timer = setTimeout(() => end(exitCode), stopGraceMs);
    work
      .close()
      .then(() => end(exitCode), onBug)
      .finally(() => clearTimeout(timer));
  }

  function interrupt(): void {
    const { running, editor, quitArmed } = state();
    if (running !== undefined && !running.stopping) work.stop();
    else if (editor.text !== '') edit({ type: 'kill', to: 'all' });
    else if (quitArmed) quit(exitInterrupted);
    else {
      dispatch({ type: 'arm-quit', armed: true });
      clearTimeout(disarm);
      disarm = setTimeout(() => dispatch({ type: 'arm-quit', armed: false }), quitArmedMs);
    }
  }

  /** A backslash at the caret and Enter: a new line on any terminal. */
  function enter(): void {
    const { text, caret } = state().editor;
    if (text[caret - 1] !== '\\') {
      submit(text);
      return;
    }
    edit({ type: 'delete', to: 'previous' });
    edit({ type: 'insert', text: '\n' });
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
    stop: () => work.stop(),
    'end-of-input': () => (state().editor.text === '' ? quit(0) : edit({ type: 'delete', to: 'next' })),
    redraw,
    'take-back': () => dispatch({ type: 'take-back', which: 'last' }),
  };

  function handleKey(key: Key): void {
    if (key.type === 'text' || key.type === 'paste') edit({ type: 'insert', text: key.text });
    if (key.type !== 'chord') return;
    const bound = bindings[key.chord];
    if (typeof bound === 'string') perform[bound]();
    else if (bound !== undefined) edit(bound);
  }

  return {
    handleKeys(keys) {
      for (const key of keys) if (!quitting) handleKey(key);
    },
    submit,
    quit,
    ended,
  };
}
