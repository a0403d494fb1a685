/** The cursor says which of vi's modes it is in: a block in normal mode, a bar in insert mode. */

import type { CursorShape, TerminalInput } from './keys/terminal-input.ts';
import type { ReplState } from './state.ts';
import type { Store } from './store.ts';

/** @param terminal  TERM */
export function followCursorShape(
  store: Store,
  input: Pick<TerminalInput, 'showCursor'>,
  terminal: string | undefined,
): void {
  // The console of Linux prints the end of a sequence that it does not know.
  if (terminal === 'linux') return;
  store.subscribe(() => input.showCursor(shapeOf(store.state())));
}

/** Undefined, the terminal's own, while vi mode is off. */
export function shapeOf({ vi, editor, asking, picking }: ReplState): CursorShape | undefined {
  if (vi === undefined) return undefined;
  const isNormal = vi.mode === 'normal' && editor.search === undefined && asking === undefined && picking === undefined;
  return isNormal ? 'block' : 'bar';
}
