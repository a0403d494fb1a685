/**
 * The size of the terminal as it is now. Node keeps the one of the last SIGWINCH, and a signal may be behind what is
 * written next; only its own listener for that signal asks the system again (`getWindowSize()` gives what is kept,
 * and `_refreshSize()` is not for others to call).
 */

import type { WindowSize } from '../ui/window-size.ts';

export function windowSize(from: NodeJS.Process): WindowSize {
  let asking = false;
  return {
    refresh() {
      asking = true;
      from.emit('SIGWINCH', 'SIGWINCH');
      asking = false;
    },
    onSignal(listener) {
      const hear = (): void => {
        if (!asking) listener();
      };
      from.on('SIGWINCH', hear);
      return () => void from.off('SIGWINCH', hear);
    },
  };
}
