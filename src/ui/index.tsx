/** The REPL on a terminal: the one thing `cli/` calls here, by `await import`. */

import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import { sanitize } from '../terminal/sanitize.ts';
import { type ColorLevel, createTheme } from '../terminal/theme.ts';
import { wrapText } from '../terminal/width.ts';
import type { ReplActions } from './actions.ts';
import { App } from './app.tsx';
import type { Frame } from './frame.ts';
import { openTerminalInput } from './keys/terminal-input.ts';
import { rowsGained, terminalReflows } from './reflow.ts';
import { createRepl } from './repl.ts';
import { initialState } from './state.ts';
import { createStore } from './store.ts';

export interface StartReplOptions {
  readonly actions: ReplActions;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: ColorLevel;
  /** The terminal understands OSC 8. */
  readonly hyperlinks: boolean;
  /** Lines shown once above the first prompt. */
  readonly greeting: readonly string[];
  /** Sent first, as if typed. */
  readonly initialPrompt?: string;
  /** For TERM, TMUX and XTERM_VERSION: how the terminal treats long rows when it is resized. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /**
   * Ends the REPL in order: a running answer is stopped and stored, the terminal restored. The reason, if it is a
   * number, becomes the exit code: `abort(143)` at SIGTERM. Ink restores the terminal by itself when a signal that
   * nobody listens to ends the process, and at `process.exit`.
   */
  readonly shutdown?: AbortSignal;
}

/** The terminal was closed: what a shell reports for SIGHUP. */
const exitHungUp = 129;

/** A window that is dragged reports sizes faster than this. */
const settleMs = 120;

/**
 * Resolves when the REPL has ended and the terminal is as it was: 0 for /quit and Ctrl+D, 130 for Ctrl+C twice,
 * 129 when the terminal went away. Rejects only for a bug, with the terminal restored as well.
 */
export async function startRepl(options: StartReplOptions): Promise<{ readonly exitCode: number }> {
  const { actions, stdin, stdout, hyperlinks, shutdown } = options;
  const theme = createTheme({ color: options.color });
  const store = createStore(initialState(sizeOf(stdout), actions.status()));
  const reflows = terminalReflows(options.environment ?? {});
  let screen: Instance | undefined;
  let committed: Frame | undefined;
  let drawn: Frame | undefined;
  let settled: NodeJS.Timeout | undefined;

  const redraw = (): void => {
    screen?.clear();
    screen?.rerender(tree());
  };
  const repl = createRepl({ actions, store, theme, hyperlinks, redraw });

  /**
   * Before Ink's own handler, which erases as many rows as it drew: the frame goes from the screen as the terminal
   * has wrapped it, and the next one is laid out for the new size before anything is drawn.
   */
  const onResize = (): void => {
    const size = sizeOf(stdout);
    const gained = drawn !== undefined && reflows ? rowsGained(drawn, size.columns) : 0;
    if (gained > 0) stdout.write(`\x1b[${gained}A`);
    store.dispatch({ type: 'resize', ...size });
    redraw();
    clearTimeout(settled);
    settled = setTimeout(() => store.dispatch({ type: 'resize-end' }), settleMs);
  };

  const input = openTerminalInput({
    stdin,
    stdout,
    onKeys: repl.handleKeys,
    onEnd: () => repl.quit(exitHungUp),
  });
  const restore = (): void => input.close();

  function tree(): ReactElement {
    return <App {...{ store, theme, hyperlinks }} onFrame={keepFrame} onUnmount={restore} />;
  }
  function keepFrame(frame: Frame): void {
    committed = frame;
  }

  const onShutdown = (): void => repl.quit(typeof shutdown?.reason === 'number' ? shutdown.reason : exitHungUp);
  try {
    greet(options.greeting);
    stdout.on('resize', onResize);
    screen = render(tree(), {
      stdin,
      stdout,
      // A CI variable in the environment says nothing about the person in front of this terminal.
      interactive: true,
      // Ctrl+C is ours: it stops an answer before it stops the program.
      exitOnCtrlC: false,
      // What a library writes with console.* appears above the live region instead of through it.
      patchConsole: true,
      incrementalRendering: true,
      onRender: () => {
        drawn = committed;
      },
    });
    if (shutdown?.aborted) onShutdown();
    shutdown?.addEventListener('abort', onShutdown, { once: true });
    if (options.initialPrompt !== undefined) repl.submit(options.initialPrompt);

    const crashed = screen.waitUntilExit().then(() => exitHungUp);
    const exitCode = await Promise.race([repl.ended, crashed]);
    store.dispatch({ type: 'end' });
    screen.rerender(tree());
    return { exitCode };
  } finally {
    shutdown?.removeEventListener('abort', onShutdown);
    stdout.off('resize', onResize);
    clearTimeout(settled);
    screen?.unmount();
    restore();
  }

  function greet(lines: readonly string[]): void {
    const { columns } = store.state();
    const wrapped = lines.flatMap((line) => wrapText(sanitize(line), columns));
    store.dispatch({ type: 'print', passages: [{ apart: false, lines: wrapped.map(theme.dim) }] });
  }
}

/** A terminal that does not know its size says 0. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): { readonly columns: number; readonly rows: number } {
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}
