/** Holds the state between frames: the turn and the keys change it, React reads it (`useSyncExternalStore`). */

import { type ReplAction, type ReplState, reduce } from './state.ts';

export interface Store {
  state(): ReplState;
  dispatch(action: ReplAction): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: ReplState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
