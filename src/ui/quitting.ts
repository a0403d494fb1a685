/** How the REPL ends: what runs is stopped and stored first, and one key alone does not do it while something would be lost. */

import type { QuitKey } from './state.ts';
import type { Store } from './store.ts';

export interface Quitting {
  /** Stops what runs, gives it a moment to be stored, and ends. */
  quit(exitCode: number): void;
  /** Quits when this key is pressed again soon. */
  arm(key: QuitKey): void;
  /** Ends with what is thrown and no ChatError. */
  readonly onBug: (bug: unknown) => void;
  readonly hasBegun: boolean;
  /** Resolves with the exit code. Rejects only for a bug. */
  readonly ended: Promise<number>;
}

export interface QuittingOptions {
  readonly store: Store;
  /** Resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
}

/** How long Ctrl+C or Ctrl+D waits to be pressed again. */
const armedMs = 1500;
/** How long a stopped turn may take to store what it has, before the REPL ends without it. */
const stopGraceMs = 700;

export function createQuitting({ store: { dispatch }, close }: QuittingOptions): Quitting {
  let hasBegun = false;
  let disarm: NodeJS.Timeout | undefined;
  let end: (exitCode: number) => void = () => {};
  let onBug: (bug: unknown) => void = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    onBug = reject;
  });
  return {
    quit(exitCode) {
      if (hasBegun) return;
      hasBegun = true;
      clearTimeout(disarm);
      const timer = setTimeout(() => end(exitCode), stopGraceMs);
      close()
        .then(() => end(exitCode), onBug)
        .finally(() => clearTimeout(timer));
    },
    arm(key) {
      dispatch({ type: 'arm-quit', key });
      clearTimeout(disarm);
      disarm = setTimeout(() => dispatch({ type: 'arm-quit', key: undefined }), armedMs);
    },
    onBug,
    get hasBegun() {
      return hasBegun;
    },
    ended,
  };
}
