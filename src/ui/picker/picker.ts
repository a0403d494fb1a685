/** Lets the person choose from a list. One list at a time; while it stands all keys come here. */

import { ChatError } from '../../core/error.ts';
import { bindings } from '../keys/bindings.ts';
import type { Key } from '../keys/key.ts';
import { quietMs } from '../quiet.ts';
import type { Store } from '../store.ts';
import { listRoom } from './layout.ts';
import type { Choice, PickingAction } from './picking.ts';

export interface PickRequest {
  /** What is chosen, in a word. */
  readonly noun: string;
  readonly choices: readonly Choice[] | Promise<readonly Choice[]>;
  /** What is typed can be taken when no choice fits it. */
  readonly takesTyped?: boolean;
  /** Aborts when the person leaves. */
  readonly signal: AbortSignal;
  /** It comes by itself, maybe under hands that write: what goes on being typed is not meant for it. */
  readonly isUnexpected?: boolean;
}

export interface Picker {
  /**
   * Resolves with the value of the choice; with undefined when there is none to choose from.
   * @throws ChatError 'aborted' when the person leaves, and what `choices` rejects with
   */
  pick(request: PickRequest): Promise<string | undefined>;
  handleKey(key: Key): void;
}

export interface PickerOptions {
  readonly store: Store;
  /** Aborts the request's signal. */
  readonly stop: () => void;
  readonly redraw: () => void;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** They leave, or change nothing. */
const urgent: ReadonlySet<string> = new Set(['escape', 'ctrl+c', 'ctrl+g', 'ctrl+l']);

export function createPicker({ store, stop, redraw, now }: PickerOptions): Picker {
  const { dispatch, state } = store;
  let take: (value: string) => void = () => {};
  /** When a key last came that may have been meant for the prompt; undefined once the keys are the list's. */
  let quietSinceMs: number | undefined;

  const change = (action: PickingAction): void => dispatch({ type: 'picking', action });
  const move = (by: number): void => change({ type: 'move', by });
  const pageRows = (): number => Math.max(1, listRoom(state().rows - 1) - 1);

  function takeChosen(): void {
    const { picking } = state();
    const chosen = picking?.matches[picking.at];
    const typed = picking?.filter.text.trim() ?? '';
    if (chosen !== undefined) take(chosen.value);
    else if (picking?.takesTyped && typed !== '') take(typed);
    else change({ type: 'refuse' });
  }

  /** What is written goes on with the draft; other keys do nothing. */
  function isForPrompt(key: Key): boolean {
    const isWritten = key.type === 'text' || key.type === 'paste';
    if (quietSinceMs === undefined || (!isWritten && key.type !== 'chord')) return false;
    if (key.type === 'chord' && urgent.has(key.chord)) return false;
    const isQuiet = now() - quietSinceMs >= quietMs;
    quietSinceMs = isQuiet ? undefined : now();
    if (!isQuiet && isWritten) dispatch({ type: 'edit', action: { type: 'insert', text: key.text } });
    return !isQuiet;
  }

  const perform: Readonly<Record<string, () => void>> = {
    enter: takeChosen,
    tab: () => move(1),
    'shift+tab': () => move(-1),
    up: () => move(-1),
    'ctrl+p': () => move(-1),
    down: () => move(1),
    'ctrl+n': () => move(1),
    'page-up': () => move(-pageRows()),
    'page-down': () => move(pageRows()),
    home: () => move(Number.NEGATIVE_INFINITY),
    end: () => move(Number.POSITIVE_INFINITY),
    escape: stop,
    'ctrl+c': stop,
    'ctrl+g': stop,
    'ctrl+l': redraw,
  };

  return {
    async pick({ noun, choices, takesTyped = false, signal, isUnexpected = false }) {
      const left = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new ChatError({ kind: 'aborted' })), { once: true });
      });
      quietSinceMs = isUnexpected ? now() : undefined;
      change({ type: 'open', noun, takesTyped });
      try {
        const arrived = await Promise.race([choices, left]);
        if (arrived.length === 0) return undefined;
        change({ type: 'arrive', choices: arrived });
        const taken = new Promise<string>((resolve) => {
          take = resolve;
        });
        return await Promise.race([taken, left]);
      } finally {
        take = () => {};
        change({ type: 'close' });
      }
    },
    handleKey(key) {
      if (isForPrompt(key)) return;
      if (key.type === 'text' || key.type === 'paste') {
        change({ type: 'filter', action: { type: 'insert', text: key.text.replace(/\s+/g, ' ') } });
      }
      if (key.type !== 'chord') return;
      const bound = bindings[key.chord];
      const own = perform[key.chord];
      if (own !== undefined) own();
      else if (typeof bound === 'object') change({ type: 'filter', action: bound });
    },
  };
}
