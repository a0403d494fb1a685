/** Draws the state: what was said goes once to the terminal's scrollback, the rest is the live region. */

import { Static, useCursor } from 'ink';
import { type ReactElement, useEffect, useInsertionEffect, useMemo, useSyncExternalStore } from 'react';
import { joinSafe, safe } from '../terminal/safe.ts';
import type { Theme } from '../terminal/theme.ts';
import { type Frame, layFrame, tailLines } from './frame.ts';
import type { ReplState } from './state.ts';
import type { Store } from './store.ts';
import { Lines } from './text.tsx';

interface AppProps {
  readonly store: Store;
  readonly theme: Theme;
  readonly hyperlinks: boolean;
  /** The frame that is going to be on screen. */
  readonly onFrame: (frame: Frame) => void;
  /** Also when Ink tears the screen down by itself: on a signal, at `process.exit`, after an error in a view. */
  readonly onUnmount: () => void;
}

export function App({ store, theme, hyperlinks, onFrame, onUnmount }: AppProps): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.state);
  useEffect(() => onUnmount, [onUnmount]);
  // Static asks for an array that may be changed, and does not change it.
  const printed = useMemo(() => [...state.printed], [state.printed]);
  return (
    <>
      <Static items={printed}>{({ id, text }) => <Lines key={id} text={text} overflow="wrap" />}</Static>
      {state.ended ? null : <LiveRegion {...{ state, theme, hyperlinks, onFrame }} />}
    </>
  );
}

type LiveRegionProps = Pick<AppProps, 'theme' | 'hyperlinks' | 'onFrame'> & { readonly state: ReplState };

function LiveRegion({ state, theme, hyperlinks, onFrame }: LiveRegionProps): ReactElement {
  const { columns } = state;
  const look = useMemo(() => ({ columns, theme, hyperlinks }), [columns, theme, hyperlinks]);
  const tail = state.running?.live.tail;
  // Keys are typed while an answer arrives; its markdown is laid out again only when it has changed.
  const lines = useMemo(() => tailLines(tail, look), [tail, look]);
  const frame = layFrame(state, look, lines);
  // The terminal's own cursor, not a drawn one: an input method composes where it stands.
  useCursor().setCursorPosition(frame.caret);
  // The only kind of effect that runs before Ink draws what was committed.
  useInsertionEffect(() => onFrame(frame));
  return <Lines text={joinSafe(frame.rows, safe`\n`)} overflow="cut" />;
}
