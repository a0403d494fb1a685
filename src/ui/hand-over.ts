/** Leaves the terminal to another program and takes it back as it was. */

import type { TerminalInput } from './keys/terminal-input.ts';
import type { Store } from './store.ts';

/** Ink's own: stops drawing, frees the screen, and draws anew when the callback is done. */
export type SuspendScreen = (use: () => Promise<void>) => Promise<void>;

export interface HandOverOptions {
  readonly store: Store;
  readonly input: TerminalInput;
  readonly suspend: SuspendScreen;
}

export async function handOver({ store, input, suspend }: HandOverOptions, use: () => Promise<void>): Promise<void> {
  // While Ink is suspended, what is added to Static would count as printed and never be seen (ink 8.0.0).
  const release = store.hold();
  try {
    await suspend(async () => {
      input.pause();
      try {
        await use();
      } finally {
        input.resume();
      }
    });
  } finally {
    release();
  }
}
