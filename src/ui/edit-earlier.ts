/** Writing an earlier message anew: `/edit` and Esc Esc. The conversation branches when the message is sent. */

import { type SafeText, safe } from '../terminal/safe.ts';
import type { ReplActions } from './actions.ts';
import type { Drafts } from './drafts.ts';
import type { Store } from './store.ts';

/** What is in the editor takes the place of a message; or Esc was pressed once on an empty line. */
export type Editing = { readonly kind: 'armed' } | Rewriting;

export interface Rewriting {
  readonly kind: 'message';
  readonly id: string;
  /** 1 is the person's last message. */
  readonly age: number;
}

export interface EditEarlierOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly drafts: Drafts;
}

/** How long Esc waits to be pressed again. */
const armedMs = 1500;

/** Brings a message into the editor. Nothing happens when there is none of this age. */
export function beginEdit(age: number, { actions, store: { dispatch }, drafts }: EditEarlierOptions): void {
  const message = actions.steering.written()[age - 1];
  if (message === undefined) return;
  dispatch({ type: 'editing', editing: { kind: 'message', id: message.id, age } });
  dispatch({ type: 'edit', action: { type: 'restore', parts: drafts.of(message) } });
}

/** Esc with nothing to stop: leaves the message that is being written anew, or begins with the last one. */
export function escapeIdle(options: EditEarlierOptions): void {
  const { dispatch, state } = options.store;
  const { editing, editor } = state();
  if (editing?.kind === 'message') {
    dispatch({ type: 'edit', action: { type: 'replace', text: '' } });
    dispatch({ type: 'editing', editing: undefined });
    return;
  }
  // A draft is not thrown away for an earlier message.
  if (editor.text !== '') return;
  if (editing?.kind === 'armed') {
    dispatch({ type: 'editing', editing: undefined });
    beginEdit(1, options);
    return;
  }
  const armed: Editing = { kind: 'armed' };
  dispatch({ type: 'editing', editing: armed });
  const disarm = (): void => {
    if (state().editing === armed) dispatch({ type: 'editing', editing: undefined });
  };
  setTimeout(disarm, armedMs).unref();
}

/** What is written is sent, or was dropped for a command. Says in whose place it stands. */
export function takeEdit({ dispatch, state }: Store): Rewriting | undefined {
  const { editing } = state();
  if (editing !== undefined) dispatch({ type: 'editing', editing: undefined });
  return editing?.kind === 'message' ? editing : undefined;
}

/** For the status row. */
export function editingHint(editing: Editing): SafeText {
  if (editing.kind === 'armed') return safe`Esc again edits your last message`;
  return editing.age === 1
    ? safe`your last message: Enter branches, Esc leaves`
    : safe`message ${editing.age} from the end: Enter branches, Esc leaves`;
}
