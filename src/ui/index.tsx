/** The REPL on a terminal: the one thing `cli/` calls here, by `await import`. */

import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import type { EditorKeys } from '../core/editor-keys.ts';
import type { Message } from '../core/message.ts';
import type { NotifyWay } from '../core/notify-way.ts';
import type { ThemeName } from '../core/theme-name.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { terminalReflows, terminalReflowsCursorRow } from '../terminal/terminal-reflows.ts';
import { type ColorLevel, type Theme, themesOf } from '../terminal/theme.ts';
import { wrapText } from '../terminal/width.ts';
import type { ReplActions } from './actions.ts';
import { App } from './app.tsx';
import { asksBackground } from './ask-background.ts';
import { followCursorShape } from './cursor-shape.ts';
import { emptyEditor } from './editor/editor.ts';
import { startVi } from './editor/vi/vi.ts';
import type { Frame } from './frame.ts';
import { handOver, type SuspendScreen } from './hand-over.ts';
import type { JobControl } from './job-control.ts';
import { openTerminalInput } from './keys/terminal-input.ts';
import { createNotifier } from './notify.ts';
import { recallPassages } from './recall.ts';
import { createRepl } from './repl.ts';
import { sizeOf, watchSize } from './resizing.ts';
import { initialState } from './state.ts';
import { createStore } from './store.ts';
import { warmUpSoon } from './warm-up.ts';
import { wholeFrames } from './whole-frames.ts';
import type { WindowSize } from './window-size.ts';

export interface StartReplOptions {
  readonly actions: ReplActions;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: ColorLevel;
  /** `auto` if absent. */
  readonly theme?: ThemeName;
  /** The terminal understands OSC 8. */
  readonly hyperlinks: boolean;
  /** Lines shown once above the first prompt. */
  readonly greeting: readonly string[];
  /** What was said before in this conversation: the last of it is shown under the greeting. */
  readonly earlier?: readonly Message[];
  /** Sent first, as if typed. */
  readonly initialPrompt?: string;
  /** For TERM, TMUX and XTERM_VERSION: how the terminal treats long rows when it is resized. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Without it the size is known when `stdout` tells of a new one. */
  readonly windowSize?: WindowSize;
  /** What tells of a long answer that has ended while the window was not looked at. */
  readonly notify?: NotifyWay;
  /** `readline` if absent. */
  readonly editor?: EditorKeys;
  /** Without it Ctrl+Z does nothing. */
  readonly jobControl?: JobControl;
  /**
   * Ends the REPL in order: a running answer is stopped and stored, the terminal restored. The reason, if it is a
   * number, becomes the exit code: `abort(143)` at SIGTERM. Ink restores the terminal by itself when a signal that
   * nobody listens to ends the process, and at `process.exit`.
   */
  readonly shutdown?: AbortSignal;
}

/** The terminal was closed: what a shell reports for SIGHUP. */
const exitHungUp = 129;

/**
 * Resolves when the REPL has ended and the terminal is as it was: 0 for /quit and Ctrl+D, 130 for Ctrl+C twice,
 * 129 when the terminal went away. Rejects only for a bug, with the terminal restored as well.
 */
export async function startRepl(options: StartReplOptions): Promise<{ readonly exitCode: number }> {
  const { actions, stdin, stdout, hyperlinks, shutdown } = options;
  const themes = themesOf(options.color, options.environment ?? {});
  /** What the terminal has said of its background. */
  let shade: 'dark' | 'light' | undefined;
  const themeNamed = (name: ThemeName): Theme => themes(name === 'auto' ? (shade ?? name) : name);
  const theme = themeNamed(options.theme ?? 'auto');
  const store = createStore(initialState(sizeOf(stdout), actions.status()));
  let screen: Instance | undefined;
  let committed: Frame | undefined;
  let drawn: Frame | undefined;
  let suspendScreen: SuspendScreen | undefined;
  /** Another program has the terminal: nothing is drawn. */
  let away = false;
  let unwatch: (() => void) | undefined;

  const redraw = (): void => {
    if (away) return;
    screen?.clear();
    screen?.rerender(tree());
  };
  const leaveTerminal = async (use: () => Promise<void>): Promise<void> => {
    if (away || suspendScreen === undefined) return;
    resizing.settle();
    away = true;
    try {
      await handOver({ store, input, suspend: suspendScreen }, use);
    } finally {
      away = false;
    }
  };
  const repl = createRepl({
    actions,
    store,
    theme,
    themeNamed,
    hyperlinks,
    handOver: leaveTerminal,
    stopProgram: options.jobControl?.stop,
    redraw,
    now: () => performance.now(),
  });

  const resizing = watchSize({
    store,
    stdout,
    windowSize: options.windowSize,
    isAway: () => away,
    redraw,
  });
  const notifier =
    (options.notify ?? 'off') === 'off'
      ? undefined
      : createNotifier({
          store,
          way: options.notify ?? 'off',
          now: () => performance.now(),
          write: (sequence) => void stdout.write(sequence),
        });
  const input = openTerminalInput({
    stdin,
    stdout,
    onKeys: repl.handleKeys,
    onFocus: notifier?.onFocus,
    isEscapeAlone: () => store.state().vi !== undefined,
    onBackground: asksBackground(options.theme ?? 'auto', options.color, options.environment ?? {})
      ? onBackground
      : undefined,
    onEnd: () => repl.quit(exitHungUp),
  });
  const restore = (): void => input.close();
  followCursorShape(store, input, options.environment?.TERM);
  if (options.editor === 'vi') store.dispatch({ type: 'vi', vi: startVi(emptyEditor), editor: emptyEditor });

  /**
   * After `kill -STOP` nothing was put back before, and the shell has written below the frame: that stays as it is,
   * and a new one is drawn under it.
   */
  const onContinue = (): void => {
    if (away) return;
    stdout.write('\n'.repeat(drawn?.caret.y ?? 0));
    repl.regainTerminal();
  };

  function onBackground(said: 'dark' | 'light'): void {
    shade = said;
    const name = store.state().view.theme?.name ?? 'auto';
    if (name === 'auto') {
      store.dispatch({ type: 'view', action: { type: 'theme', theme: { name, theme: themeNamed(name) } } });
    }
  }

  function tree(): ReactElement {
    return (
      <App {...{ store, theme, hyperlinks }} onFrame={keepFrame} onUnmount={restore} onSuspendable={keepSuspend} />
    );
  }
  function keepSuspend(suspend: SuspendScreen): void {
    suspendScreen = suspend;
  }
  function keepFrame(frame: Frame): void {
    committed = frame;
  }

  const onShutdown = (): void => repl.quit(typeof shutdown?.reason === 'number' ? shutdown.reason : exitHungUp);
  try {
    greet(options.greeting);
    const look = { columns: store.state().columns, theme, hyperlinks };
    store.dispatch({ type: 'print', passages: recallPassages(options.earlier ?? [], look) });
    unwatch = options.jobControl?.onContinue(onContinue);
    screen = render(tree(), {
      stdin,
      stdout: wholeFrames(stdout, {
        mayDraw: () => away || resizing.isSettled(),
        reflows: terminalReflows(options.environment ?? {}),
        reflowsCursorRow: terminalReflowsCursorRow(options.environment ?? {}),
      }),
      // A CI variable in the environment says nothing about the person in front of this terminal.
      interactive: true,
      // Ctrl+C is ours: it stops an answer before it stops the program.
      exitOnCtrlC: false,
      // What a library writes with console.* appears above the live region instead of through it.
      patchConsole: true,
      incrementalRendering: false,
      onRender: () => {
        drawn = committed;
        if (drawn !== undefined) repl.onDrawn(drawn);
      },
    });
    warmUpSoon({ columns: store.state().columns, theme, hyperlinks });
    if (shutdown?.aborted) onShutdown();
    shutdown?.addEventListener('abort', onShutdown, { once: true });
    if (options.initialPrompt !== undefined) repl.submit(options.initialPrompt);

    const crashed = screen.waitUntilExit().then(() => exitHungUp);
    const exitCode = await Promise.race([repl.ended, crashed]);
    resizing.close();
    store.dispatch({ type: 'end' });
    screen.rerender(tree());
    return { exitCode };
  } finally {
    shutdown?.removeEventListener('abort', onShutdown);
    unwatch?.();
    notifier?.close();
    resizing.close();
    screen?.unmount();
    restore();
  }

  function greet(lines: readonly string[]): void {
    const { columns } = store.state();
    const wrapped = lines.flatMap((line) => wrapText(sanitize(line), columns));
    store.dispatch({ type: 'print', passages: [{ apart: false, lines: wrapped.map(theme.dim) }] });
  }
}
