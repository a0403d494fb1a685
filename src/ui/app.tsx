/** Draws the state: what was said goes once to the terminal's scrollback, the rest is the live region. */

import { Static, useApp, useCursor } from 'ink';
import { type ReactElement, useEffect, useInsertionEffect, useMemo, useSyncExternalStore } from 'react';
import { joinSafe, safe } from '../terminal/safe.ts';
import type { Theme } from '../terminal/theme.ts';
import { type Frame, layFrame, tailLines } from './frame.ts';
import type { SuspendScreen } from './hand-over.ts';
import { lookOf } from './look.ts';
import type { Printed, ReplState } from './state.ts';
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
  /** How another program is given the terminal. */
  readonly onSuspendable?: (suspend: SuspendScreen) => void;
}

export function App({ store, theme, hyperlinks, onFrame, onUnmount, onSuspendable }: AppProps): ReactElement {
  const { suspendTerminal } = useApp();
  useEffect(() => onSuspendable?.((use) => suspendTerminal(use)), [onSuspendable, suspendTerminal]);
  const state = useSyncExternalStore(store.subscribe, store.state);
  useEffect(() => onUnmount, [onUnmount]);
  return (
    <>
      {/* Static asks for an array that may be changed, and does not change it: copying a long one takes its time. */}
      <Static items={state.printed as Printed[]}>
        {({ id, text }) => <Lines key={id} text={text} overflow="whole" />}
      </Static>
      {state.ended ? null : <LiveRegion {...{ state, theme, hyperlinks, onFrame }} />}
    </>
  );
}

type LiveRegionProps = Pick<AppProps, 'theme' | 'hyperlinks' | 'onFrame'> & { readonly state: ReplState };

function LiveRegion({ state, theme, hyperlinks, onFrame }: LiveRegionProps): ReactElement {
  const { columns, rows } = state;
  const { view } = state;
  const look = useMemo(() => lookOf({ columns, view }, { theme, hyperlinks }), [columns, view, theme, hyperlinks]);
  const tail = state.running?.live.tail;
  // Keys are typed while an answer arrives; it is laid out again only when it has changed.
  const unfinished = useMemo(() => tailLines(tail, look, rows), [tail, look, rows]);
  const frame = layFrame(state, look, unfinished);
  // The terminal's own cursor, not a drawn one: an input method composes where it stands.
  useCursor().setCursorPosition(frame.caret);
  // The only kind of effect that runs before Ink draws what was committed.
  useInsertionEffect(() => onFrame(frame));
  return <Lines text={joinSafe(frame.rows, safe`\n`)} overflow="cut" />;
}
