/**
 * Holds the screen still while its size changes. A frame that crosses with a new size moves by rows that are not there
 * any more; the terminal wraps what it shows by itself, and one frame for the last size takes its place.
 */

import type { Store } from './store.ts';
import type { WindowSize } from './window-size.ts';

export interface Resizing {
  /** Reads the size of the terminal anew. Whether it is as it was, and has been for a while. */
  isSettled(): boolean;
  /** Draws for the size of now, without waiting for a last one. */
  settle(): void;
  close(): void;
}

export interface ResizingOptions {
  readonly store: Store;
  readonly stdout: NodeJS.WriteStream;
  readonly windowSize: WindowSize | undefined;
  /** Another program has the terminal. */
  readonly isAway: () => boolean;
  readonly redraw: () => void;
}

/** A window that is dragged reports sizes faster than this. */
const settleMs = 100;

export function watchSize({ store, stdout, windowSize, isAway, redraw }: ResizingOptions): Resizing {
  let release: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const onResize = (): void => {
    if (!isAway()) release ??= store.hold();
    store.dispatch({ type: 'resize', ...sizeOf(stdout) });
    if (release === undefined) {
      store.dispatch({ type: 'resize-end' });
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(onQuiet, settleMs);
  };

  const onQuiet = (): void => {
    timer = undefined;
    windowSize?.refresh();
    // Else it has changed again just now.
    if (timer === undefined) settle();
  };

  function settle(): void {
    clearTimeout(timer);
    if (release === undefined) return;
    const tell = release;
    release = undefined;
    store.dispatch({ type: 'resize-end' });
    redraw();
    tell();
  }

  stdout.on('resize', onResize);
  // A size that is back to what it was has left its marks on the screen as well.
  const unhear = windowSize?.onSignal(onResize);
  return {
    isSettled() {
      windowSize?.refresh();
      return release === undefined;
    },
    settle,
    close() {
      stdout.off('resize', onResize);
      unhear?.();
      settle();
    },
  };
}

/** A terminal that does not know its size says 0. */
export function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}
