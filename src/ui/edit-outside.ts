/** Ctrl+G: the message goes to the person's own editor and comes back. */

import { isChatError } from '../core/error.ts';
import type { ReplActions } from './actions.ts';
import { writtenText } from './editor/editor.ts';
import type { Store } from './store.ts';

export interface EditOutsideOptions {
  readonly actions: Pick<ReplActions, 'editText'>;
  readonly store: Store;
  /** Leaves the terminal to another program until it is done. */
  readonly handOver: (use: () => Promise<void>) => Promise<void>;
  readonly warn: (text: string) => void;
}

/** Nothing is lost when the editor fails: the text stays as it was. */
export async function editOutside({ actions, store, handOver, warn }: EditOutsideOptions): Promise<void> {
  const before = writtenText(store.state().editor);
  let after = before;
  try {
    await handOver(async () => {
      after = await actions.editText(before);
    });
  } catch (error) {
    if (!isChatError(error)) throw error;
    warn(error.message);
  }
  if (after !== before) store.dispatch({ type: 'edit', action: { type: 'replace', text: after } });
}
