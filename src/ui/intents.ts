/** What the keys mean that do more than change the text. */

import type { ReplActions } from './actions.ts';
import type { Drafts } from './drafts.ts';
import { escapeIdle } from './edit-earlier.ts';
import { editOutside } from './edit-outside.ts';
import { atHistoryEdge, type EditorAction, writtenText } from './editor/editor.ts';
import { editorColumns } from './frame.ts';
import type { Intent } from './keys/bindings.ts';
import type { Look } from './look.ts';
import type { Quitting } from './quitting.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import { callPassages } from './tool-lines.ts';

export interface IntentsOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly drafts: Drafts;
  readonly switches: Switches;
  readonly quitting: Quitting;
  readonly look: () => Look;
  /** @param seen  what is written, with long pastes folded */
  readonly submit: (written: string, seen: string) => void;
  /** Stops what runs. */
  readonly stop: () => void;
  readonly note: (level: 'info' | 'warning', text: string) => void;
  readonly redraw: () => void;
  /** Leaves the terminal to another program until it is done; where there is none to leave, nothing happens. */
  readonly handOver: ((use: () => Promise<void>) => Promise<void>) | undefined;
  /** Stops the program for Ctrl+Z; resolves when it goes on. */
  readonly stopProgram: (() => Promise<void>) | undefined;
}

const exitInterrupted = 130;

export function createIntents(options: IntentsOptions): Readonly<Record<Intent, () => void>> {
  const { actions, store, drafts, switches, quitting, look, submit, stop, note, redraw } = options;
  const { handOver, stopProgram } = options;
  const { dispatch, state } = store;
  const edit = (action: EditorAction): void => dispatch({ type: 'edit', action });
  const leaveEditing = (): void => escapeIdle({ actions, store, drafts });

  function interrupt(): void {
    const { running, editor, editing, quitArmed } = state();
    if (running !== undefined && !running.stopping) stop();
    else if (editing?.kind === 'message') leaveEditing();
    else if (editor.text !== '') edit({ type: 'kill', to: 'all' });
    else if (quitArmed === 'Ctrl+C') quitting.quit(exitInterrupted);
    else quitting.arm('Ctrl+C');
  }

  /** An answer or a queue is not dropped for one key. */
  function endInput(): void {
    const { editor, running, queue, quitArmed } = state();
    if (editor.text !== '') edit({ type: 'delete', to: 'next' });
    else if (quitArmed === 'Ctrl+D' || (running === undefined && queue.length === 0)) quitting.quit(0);
    else quitting.arm('Ctrl+D');
  }

  /** A backslash at the caret and Enter: a new line on any terminal. */
  function enter(): void {
    const { editor, vi } = state();
    // In vi's normal mode the caret stands on a character, not behind one.
    if (vi?.mode === 'normal' || editor.text[editor.caret - 1] !== '\\') {
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

  function use(program: () => Promise<void>): void {
    handOver?.(program).catch(quitting.onBug);
  }

  function writeOutside(): void {
    if (handOver === undefined) return;
    const warn = (text: string): void => note('warning', text);
    editOutside({ actions, store, handOver, warn }).catch(quitting.onBug);
  }

  return {
    send: enter,
    newline: () => edit({ type: 'insert', text: '\n' }),
    up: () => moveRow(-1),
    down: () => moveRow(1),
    interrupt,
    stop: () => (state().running === undefined ? leaveEditing() : stop()),
    'end-of-input': endInput,
    redraw,
    suspend: () => stopProgram && use(stopProgram),
    'tool-details': toggleDetails,
    reasoning: switches.toggleReasoning,
    source: () => switches.toggleSource?.(),
    'take-back': () => dispatch({ type: 'take-back', which: 'last' }),
    'edit-outside': writeOutside,
    'search-history': () => edit({ type: 'search', step: { type: 'older' }, entries: actions.inputHistory.entries }),
  };
}
