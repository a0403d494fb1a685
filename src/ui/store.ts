/** Holds the state between frames: the turn and the keys change it, React reads it (`useSyncExternalStore`). */

import { type ReplAction, reduce } from './reduce.ts';
import type { ReplState } from './state.ts';

export interface Store {
  state(): ReplState;
  dispatch(action: ReplAction): void;
  subscribe(listener: () => void): () => void;
  /** Listeners hear nothing until the function that is returned has been called; then they do, once. */
  hold(): () => void;
}

export function createStore(initial: ReplState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  let holds = 0;
  const tell = (): void => {
    if (holds === 0) for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hold() {
      holds += 1;
      return () => {
        holds -= 1;
        tell();
      };
    },
  };
}
