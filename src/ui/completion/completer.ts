/** Tab: finds what can stand at the caret, puts in what is certain, and offers the rest. */

import { isChatError } from '../../core/error.ts';
import type { ReplActions } from '../actions.ts';
import type { Command } from '../commands/command.ts';
import type { Key } from '../keys/key.ts';
import type { Store } from '../store.ts';
import type { Candidate, Offer } from './candidate.ts';
import { type Completing, type CompletingAction, explain, offer } from './completing.ts';
import { mentionCandidates } from './files.ts';
import { agreedStart } from './fitting.ts';
import { type Place, placeAt } from './place.ts';

export interface Completer {
  /** Whether the key was for the completion. */
  handleKey(key: Key): boolean;
  /** Nothing is looked for any more: a request that waits would keep the program. */
  close(): void;
}

export interface CompleterOptions {
  readonly actions: ReplActions;
  readonly commands: readonly Command[];
  readonly store: Store;
  /** What is thrown and no ChatError. */
  readonly onBug: (bug: unknown) => void;
}

export function createCompleter({ actions, commands, store, onBug }: CompleterOptions): Completer {
  const { dispatch, state } = store;
  let looking: AbortController | undefined;

  const change = (action: CompletingAction): void => dispatch({ type: 'completing', action });
  const show = (completing: Completing | undefined): void => change({ type: 'show', completing });

  function complete(place: Place): void {
    looking?.abort();
    const abort = new AbortController();
    looking = abort;
    const { text, caret } = state().editor;
    const written = text.slice(place.start, caret);
    const found = candidatesFor(place, written, abort.signal);
    if (!(found instanceof Promise)) {
      propose(place.start, found);
      return;
    }
    show(explain(text.slice(0, place.start), written, 'looking ...'));
    const asked = state().completing;
    // A key that was pressed meanwhile has taken the note away, and with it the question.
    const isWanted = (): boolean => asked !== undefined && state().completing === asked;
    const unsubscribe = store.subscribe(() => {
      if (!isWanted()) abort.abort();
    });
    found
      .then((arrived) => {
        if (isWanted()) propose(place.start, arrived);
      })
      .catch((error) => {
        if (!isChatError(error)) onBug(error);
        else if (isWanted()) note(place.start, error.message);
      })
      .finally(unsubscribe);
  }

  function candidatesFor(place: Place, written: string, signal: AbortSignal): Offer | Promise<Offer> {
    switch (place.kind) {
      case 'command':
        return { from: 0, candidates: commands.map(commandCandidate) };
      case 'argument':
        return place.command.complete?.({ actions, argument: written, signal }) ?? { from: 0, candidates: [] };
      case 'file':
        return mentionCandidates(actions, written).then((candidates) => ({ from: 0, candidates }));
      default:
        return place satisfies never;
    }
  }

  function propose(placeStart: number, { from, candidates }: Offer): void {
    const { text, caret } = state().editor;
    const start = placeStart + from;
    const written = text.slice(start, caret);
    const list = offer(text.slice(0, start), written, candidates);
    if (list.shown.length === 0) {
      note(start, 'nothing fits');
      return;
    }
    const agreed = agreedStart(list.shown, written);
    const only = list.shown.length === 1 ? list.shown[0]?.value : undefined;
    show(undefined);
    dispatch({ type: 'edit', action: { type: 'splice', start, end: caret, text: only ?? agreed } });
    if (only === undefined) show(offer(list.before, agreed, candidates));
  }

  function note(start: number, words: string): void {
    const { text, caret } = state().editor;
    show(explain(text.slice(0, start), text.slice(start, caret), words));
  }

  function close(): void {
    looking?.abort();
    change({ type: 'leave' });
  }

  return {
    close,
    handleKey(key) {
      if (key.type !== 'chord') return false;
      const { completing, editor } = state();
      const isOpen = completing !== undefined && completing.shown.length > 0;
      const by = isOpen ? steps[key.chord] : undefined;
      if (by !== undefined) {
        change({ type: 'choose', by });
        // There is nothing to go on to: the next Tab looks further, as into a folder.
        if (key.chord === 'tab' && completing?.shown.length === 1) show(undefined);
        return true;
      }
      if (key.chord === 'escape' && completing !== undefined) {
        close();
        return true;
      }
      if (key.chord !== 'tab') return false;
      const place = placeAt(editor.text, editor.caret);
      if (place !== undefined) complete(place);
      return place !== undefined;
    },
  };
}

const steps: Readonly<Record<string, 1 | -1>> = {
  tab: 1,
  down: 1,
  'ctrl+n': 1,
  'shift+tab': -1,
  up: -1,
  'ctrl+p': -1,
};

function commandCandidate({ name, parameters, summary }: Command): Candidate {
  return { value: parameters === '' ? `/${name}` : `/${name} `, detail: summary };
}
