/**
 * The REPL without a screen: for screen readers, TERM=dumb, and whoever asks with --plain. Lines come from the
 * terminal's own editing, and output is only added. The rest is the REPL of ../repl.ts; this draws its state as lines.
 */

import type { ApprovalQuestion, Decision } from '../../core/approval.ts';
import { type SafeText, safe } from '../../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../../terminal/sanitize.ts';
import { type ColorLevel, createTheme } from '../../terminal/theme.ts';
import type { ReplActions } from '../actions.ts';
import type { JobControl } from '../job-control.ts';
import type { Look } from '../look.ts';
import { createRepl } from '../repl.ts';
import { initialState } from '../state.ts';
import { quitHint } from '../status-row.ts';
import { createStore } from '../store.ts';
import { userMark, userPassage } from '../transcript.ts';
import { followTurn } from './follow-turn.ts';
import { createPage } from './page.ts';
import { openTypedLines } from './typed-lines.ts';
import { createWritten } from './written.ts';

export interface StartPlainOptions {
  readonly actions: ReplActions;
  readonly stdin: NodeJS.ReadStream;
  /** The same terminal, to be read from again: the stream ends with Ctrl+D. */
  readonly reopenStdin: () => NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly color: ColorLevel;
  readonly greeting: readonly string[];
  readonly initialPrompt?: string;
  /** As in the REPL on a screen: ends it in order; a reason that is a number is the exit code. */
  readonly shutdown: AbortSignal;
  /** Says who hears of Ctrl+C, which the terminal turns into a signal. */
  readonly onInterrupt: (listener: () => void) => void;
  /** Without it nothing is drawn anew after Ctrl+Z. */
  readonly onContinue?: JobControl['onContinue'];
  /** Puts a question, by a dialogue of lines. */
  readonly ask: (question: ApprovalQuestion, dialogue: PlainDialogue) => Promise<ReadonlyMap<string, Decision>>;
}

export interface PlainDialogue {
  readonly columns: number;
  write(text: SafeText): Promise<void>;
  /** Nothing is to be done: `readLine` begins with it. */
  dropTypedAhead(): Promise<void>;
  /** Undefined when no answer will come. */
  readLine(): Promise<string | undefined>;
}

const exitHungUp = 129;

/** Resolves when it has ended, with codes as the REPL on a screen has them. Rejects only for a bug. */
export async function startPlain(options: StartPlainOptions): Promise<{ readonly exitCode: number }> {
  const { actions, stdin, stdout, shutdown } = options;
  const theme = createTheme({ color: options.color });
  const columns = (): number => (stdout.columns > 0 ? stdout.columns : 80);
  const look = (): Look => ({ columns: columns(), theme, hyperlinks: false });
  const store = createStore(initialState({ columns: columns(), rows: 24 }, actions.status()));
  const { state, dispatch } = store;
  const page = createPage((text) => stdout.write(text));

  const repl = createRepl({
    actions,
    store,
    theme,
    hyperlinks: false,
    redraw: () => {},
    now: () => performance.now(),
    askLine,
    follow: (turn) => followTurn(turn, { store, look, page, ask }),
  });
  const lines = openTypedLines({
    stdin,
    onLines,
    onEnd,
    reopen: options.reopenStdin,
    onGone: () => repl.quit(exitHungUp),
  });

  function ask(question: ApprovalQuestion): Promise<ReadonlyMap<string, Decision>> {
    return options.ask(question, {
      columns: columns(),
      write: async (text) => page.text(text),
      dropTypedAhead: async () => {},
      async readLine() {
        const line = await lines.readAnswer(() => state().running?.stopping !== false);
        page.entered();
        return line;
      },
    });
  }

  async function askLine(question: SafeText, signal: AbortSignal): Promise<string | undefined> {
    page.text(question);
    signal.addEventListener('abort', lines.cancelAnswer, { once: true });
    const line = await lines.readAnswer(() => signal.aborted);
    signal.removeEventListener('abort', lines.cancelAnswer);
    page.entered();
    return line;
  }

  /** What the person has just written stands there already. */
  let echoed: string | undefined;
  /** The person was told what Ctrl+D would lose. */
  let endArmed = false;
  const written = createWritten({
    ...{ repl, store, page, look, inputHistory: actions.inputHistory },
    onSubmit: (text) => {
      echoed = text.includes('\n') ? undefined : userPassage(text.trim(), look()).lines.join('\n');
    },
  });

  function onLines(typed: readonly string[]): void {
    page.entered();
    endArmed = false;
    written.take(typed);
    promptSoon();
  }

  function onEnd(unfinished: string): 'goes-on' | 'over' {
    if (unfinished !== '') {
      endArmed = false;
      written.add(unfinished);
    }
    const isSent = written.draft() === '';
    if (endArmed || (isSent && state().queue.length === 0)) {
      repl.quit(0);
      return 'over';
    }
    endArmed = true;
    const unsent = safe`your message is not sent: an empty line sends it, Ctrl+D again quits`;
    page.line(safe`- ${isSent ? quitHint(state(), 'Ctrl+D') : unsent}`);
    promptSoon();
    return 'goes-on';
  }

  let shown = state();
  function show(): void {
    const [before, now] = [shown, state()];
    shown = now;
    for (const { text } of now.printed.slice(before.printed.length)) {
      const isEcho = echoed !== undefined && text.trim() === echoed;
      if (isEcho) echoed = undefined;
      else page.line(text);
    }
    const waiting = [
      ...now.queue.slice(before.queue.length).map(({ text }) => text),
      ...now.held.slice(before.held.length).map(({ command }) => command),
    ];
    for (const text of waiting) {
      page.line(safe`queued: ${sanitizeLine(text)}`);
      echoed = undefined;
    }
    if (now.queueHeld && !before.queueHeld) {
      const when = now.editor.text === '' ? safe`` : safe`, when your message is sent`;
      page.line(safe`- ${now.queue.length} waiting: an empty line sends the first${when}`);
    }
    written.follow();
    if (now.quitArmed && !before.quitArmed) page.line(quitHint(now, now.quitArmed));
    if (now.running?.stopping && !before.running?.stopping) lines.cancelAnswer();
    promptSoon();
  }

  let promptDue: NodeJS.Immediate | undefined;
  function promptSoon(): void {
    clearImmediate(promptDue);
    promptDue = setImmediate(() => {
      if (state().running === undefined) page.prompt(state().editor.text === '' ? userMark : safe`. `);
    });
  }

  const onShutdown = (): void => repl.quit(typeof shutdown.reason === 'number' ? shutdown.reason : exitHungUp);
  const onResize = (): void => dispatch({ type: 'resize', columns: columns(), rows: 24 });
  const onContinue = (): void => {
    // Below what the shell has written.
    page.entered();
    promptSoon();
  };
  const unsubscribe = store.subscribe(show);
  const unwatch = options.onContinue?.(onContinue);
  try {
    for (const line of options.greeting) page.line(sanitize(line));
    const { profile, model } = state().status;
    page.line(sanitizeLine(`${[profile, model].filter(Boolean).join(', ')}. /help lists the commands, Ctrl+D ends.`));
    stdout.on('resize', onResize);
    stdout.on('error', () => repl.quit(exitHungUp));
    options.onInterrupt(() => {
      // Behind the echoed ^C.
      page.entered();
      page.line(safe``);
      written.interrupt();
      repl.handleKeys([{ type: 'chord', chord: 'ctrl+c' }]);
      promptSoon();
    });
    if (shutdown.aborted) onShutdown();
    shutdown.addEventListener('abort', onShutdown, { once: true });
    if (options.initialPrompt !== undefined) repl.submit(options.initialPrompt);
    promptSoon();
    const exitCode = await repl.ended;
    if (written.draft().trim() !== '') written.keep(written.draft());
    page.end();
    return { exitCode };
  } finally {
    clearImmediate(promptDue);
    unsubscribe();
    unwatch?.();
    stdout.off('resize', onResize);
    shutdown.removeEventListener('abort', onShutdown);
    lines.close();
  }
}
