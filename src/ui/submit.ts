/** What is written and sent: a message, a command, or what was meant for us and is neither. */

import type { ReplActions } from './actions.ts';
import { readWritten, unknownCommand } from './commands/index.ts';
import type { Drafts } from './drafts.ts';
import { takeEdit } from './edit-earlier.ts';
import type { Look } from './look.ts';
import { outgoing } from './outgoing.ts';
import type { Store } from './store.ts';
import { errorPassage } from './transcript.ts';
import type { Work } from './work.ts';

export interface SubmitOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly drafts: Drafts;
  readonly work: Work;
  readonly look: () => Look;
  readonly warn: (text: string) => void;
}

/** Takes what is written, and the same with long pastes folded. Nothing written is what waits in the queue. */
export type Submit = (written: string, seen?: string) => void;

export function createSubmit({ actions, store, drafts, work, look, warn }: SubmitOptions): Submit {
  const { dispatch, state } = store;
  let historyFailed = false;

  /** Said once: a disk that is full stays full. */
  function remember(text: string): void {
    const unwritten = actions.inputHistory.add(text);
    if (unwritten !== undefined && !historyFailed) warn(unwritten.message);
    historyFailed ||= unwritten !== undefined;
  }

  return (written, seen = written) => {
    const text = written.trim();
    if (text === '') {
      work.sendWaiting();
      return;
    }
    const read = readWritten(text, (path) => actions.kindOfFile(path) !== undefined);
    if (read.kind === 'message') drafts.note(read.text, seen.trim(), state().editor.pastes);
    // Also what is refused: it is one Up away, and the next line is not written behind it.
    dispatch({ type: 'edit', action: { type: 'clear' } });
    remember(text);
    if (read.kind === 'unknown') {
      dispatch({ type: 'print', passages: [errorPassage(unknownCommand(read), look())] });
      return;
    }
    const replaces = takeEdit(store);
    if (read.kind === 'command') work.submit({ kind: 'command', text, command: read.command, argument: read.argument });
    else work.submit(outgoing(read.text, seen, replaces));
  };
}
