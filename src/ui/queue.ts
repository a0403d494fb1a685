/** What was sent while something ran, and waits for its end: messages, and commands that cannot run beside it. */

import type { Command } from './commands/command.ts';
import { edit } from './editor/editor.ts';
import { followEdit } from './editor/vi/follow-edit.ts';
import type { Outgoing } from './outgoing.ts';
import type { ReplState } from './state.ts';

export interface WrittenCommand {
  readonly kind: 'command';
  /** As it was written, with the slash. */
  readonly text: string;
  readonly command: Command;
  readonly argument: string;
}

export type Queued = Outgoing | WrittenCommand;

/** Without the first, which is on its way. */
export function dequeued({ queue }: ReplState): Pick<ReplState, 'queue' | 'queueHeld'> {
  return { queue: queue.slice(1), queueHeld: false };
}

/** The last one, or all, back into the editor, before what is there. */
export function takenBack(state: ReplState, which: 'last' | 'all'): ReplState {
  const kept = which === 'all' ? [] : state.queue.slice(0, -1);
  const taken = state.queue.slice(kept.length);
  if (taken.length === 0) return state;
  const before = taken.map(({ text }) => text).join('\n') + (state.editor.text === '' ? '' : '\n');
  const editor = edit({ ...state.editor, caret: 0 }, { type: 'paste', text: before });
  const replaces = taken.flatMap((one) => (one.kind === 'message' && one.replaces ? [one.replaces] : []))[0];
  const whole = { vi: state.vi, editor: { ...editor, caret: editor.text.length } };
  return {
    ...state,
    ...followEdit(whole, undefined),
    editing: replaces ?? state.editing,
    queue: kept,
    queueHeld: state.queueHeld && kept.length > 0,
  };
}
