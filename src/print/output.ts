/** Where the one-shot front ends write. `cli/` makes these from the process's streams. */

import type { SafeText } from '../terminal/safe.ts';

export interface Output {
  /** Resolves when the reader has caught up enough to go on; a slow reader slows the answer down. */
  write(text: SafeText): void | Promise<void>;
}
