/** What runs for the person, one thing at a time: a turn, or a command that asks a server. And what waits for it. */

import type { ApprovalQuestion } from '../core/approval.ts';
import { isChatError } from '../core/error.ts';
import type { TurnOutcome } from '../core/turn-event.ts';
import type { ReplActions, RunningTurn } from './actions.ts';
import { runsAnytime } from './commands/command.ts';
import type { Drafts } from './drafts.ts';
import type { Look } from './look.ts';
import type { Outgoing } from './outgoing.ts';
import type { AskLine } from './picker/list-choices.ts';
import type { Picker, PickRequest } from './picker/picker.ts';
import { isWriting } from './printed.ts';
import type { Queued, WrittenCommand } from './queue.ts';
import { runCommand, runCommandBetween } from './run-command.ts';
import { runTurn } from './run-turn.ts';
import type { Passage } from './state.ts';
import type { WrittenText } from './steering.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import { errorPassage, noticePassage, userPassage } from './transcript.ts';

export interface Work {
  /** At once where that can be, else when what runs has ended. */
  submit(what: Queued): void;
  /** What waits for the person goes on; nothing happens when nothing waits. */
  sendWaiting(): void;
  /** Stops what runs; what came of it is kept. Nothing happens when nothing runs. */
  stop(): void;
  /** Stops, and resolves when that is through. Nothing is started any more. */
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly drafts: Drafts;
  readonly look: () => Look;
  /** Puts a question to the person; a turn that is stopped answers it itself. */
  readonly ask: (question: ApprovalQuestion) => void;
  /** How a turn gets to the person, where that is not the screen; resolves with its outcome. */
  readonly follow?: ((turn: RunningTurn) => Promise<TurnOutcome['kind']>) | undefined;
  /** Lets the person choose from a list; without it the list is printed. */
  readonly pick?: Picker['pick'] | undefined;
  /** Reads a line where `pick` is not there. */
  readonly askLine?: AskLine | undefined;
  readonly switches: Switches;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly onQuit: () => void;
  /** What is thrown and no ChatError. */
  readonly onBug: (bug: unknown) => void;
}

interface Job {
  readonly stop: () => void;
  /** Resolves with what comes next. */
  readonly run: () => Promise<() => void>;
}

export function createWork(options: WorkOptions): Work {
  const { actions, store, drafts, look, ask, follow, pick, askLine, switches, now, onQuit, onBug } = options;
  const { dispatch, state } = store;
  const print = (...passages: readonly Passage[]): void => dispatch({ type: 'print', passages });
  let current: { readonly job: Job; readonly done: Promise<void> } | undefined;
  let closed = false;
  let atEnd: readonly WrittenCommand[] = [];
  const forCommands = { actions, store, drafts, look, pick, askLine, switches, quit: onQuit };

  function start(job: Job, type: 'start' | 'start-turn' = 'start'): void {
    dispatch({ type });
    current = { job, done: finish(job).catch(onBug) };
  }

  /** An expected failure is a line in the chat. */
  function sayFailure(error: unknown): void {
    if (!isChatError(error)) throw error;
    if (error.kind !== 'aborted') print(errorPassage(error, look()));
  }

  async function finish(job: Job): Promise<void> {
    const timer = setInterval(() => dispatch({ type: 'tick' }), 1000);
    let next = holdQueue;
    try {
      next = await job.run();
    } catch (error) {
      sayFailure(error);
    } finally {
      clearInterval(timer);
    }
    current = undefined;
    dispatch({ type: 'finish', status: actions.status() });
    if (closed) return;
    const commands = atEnd;
    atEnd = [];
    for (const command of commands) runBeside(command);
    next();
  }

  function answer(turn: RunningTurn): void {
    const run = async (): Promise<() => void> => {
      const outcome = await (follow?.(turn) ?? runTurn(turn, { store, look, ask, now }));
      return outcome === 'done' || outcome === 'limit' ? sendNext : holdQueue;
    };
    start({ stop: () => turn.stop(), run }, 'start-turn');
  }

  function holdQueue(): void {
    dispatch({ type: 'hold-queue' });
  }

  function sendNext(): void {
    const { queue, queueHeld, editor } = state();
    if (queueHeld) return;
    const [next] = queue;
    const wouldReplace = next?.kind === 'command' && next.command.fillsPrompt && editor.text !== '';
    if (wouldReplace) holdQueue();
    else sendWaiting(true);
  }

  /** @param isUnasked  the person has pressed nothing for it */
  function sendWaiting(isUnasked = false): void {
    const [next] = state().queue;
    if (next === undefined) return;
    dispatch({ type: 'dequeue' });
    begin(next, isUnasked);
  }

  /** Nothing else runs. */
  function begin(what: Queued, isUnasked = false): void {
    if (what.kind === 'message') send(what);
    else run(what, isUnasked);
  }

  function send(message: Outgoing): void {
    const { text, files, replaces } = message;
    if (replaces !== undefined && actions.steering.rewindBefore(replaces.id)) {
      print(noticePassage({ level: 'info', text: 'another branch from here; what followed is kept' }, look()));
    }
    print(userPassage(text, look()));
    if (files.length === 0) answer(actions.send(text));
    else sendWithFiles(message);
  }

  function bringBack(message: WrittenText): void {
    dispatch({ type: 'edit', action: { type: 'restore', parts: drafts.of(message) } });
  }

  function sendWithFiles({ text, files }: Outgoing): void {
    const abort = new AbortController();
    const run = async (): Promise<() => void> => {
      try {
        const attached = await actions.attach(text, files, abort.signal);
        print(...attached.notes.map((note) => noticePassage({ level: 'info', text: note }, look())));
        return () => answer(actions.send(attached.text));
      } catch (error) {
        // To be mended: nothing was sent. What was begun meanwhile stays, and the history has the message.
        if (state().editor.text === '') bringBack({ text, attached: files.map(({ path }) => path) });
        throw error;
      }
    };
    start({ stop: () => abort.abort(), run });
  }

  function run(written: WrittenCommand, isUnasked: boolean): void {
    const abort = new AbortController();
    const pickUnasked = pick && ((request: PickRequest) => pick({ ...request, isUnexpected: isUnasked }));
    let next = sendNext;
    const answerNext = (turn: RunningTurn): void => {
      next = () => answer(turn);
    };
    const { signal } = abort;
    start({
      stop: () => abort.abort(),
      run: async () => {
        await runCommand(written, { ...forCommands, pick: pickUnasked, signal, answer: answerNext });
        return next;
      },
    });
  }

  /** Answers at once; nothing that asks for a screen or a turn runs so. */
  function runBeside(written: WrittenCommand): void {
    if (written.command.ofWholeTurn && current !== undefined) {
      atEnd = [...atEnd, written];
      dispatch({ type: 'print-between', output: { command: written.text, passages: [] } });
      return;
    }
    const { signal } = new AbortController();
    const refuse = (): never => {
      throw new Error(`/${written.command.name} began a turn beside another`);
    };
    const options = { ...forCommands, signal, answer: refuse };
    const done = isWriting(state()) ? runCommandBetween(written, options) : runCommand(written, options);
    done.catch(sayFailure).catch(onBug);
  }

  function stop(): void {
    if (current === undefined || state().running?.stopping) return;
    dispatch({ type: 'stopping' });
    current.job.stop();
  }

  return {
    submit(what) {
      if (what.kind === 'command' && runsAnytime(what.command, what.argument)) runBeside(what);
      else if (state().running === undefined) begin(what);
      else dispatch({ type: 'enqueue', queued: what });
    },
    sendWaiting() {
      if (state().running === undefined) sendWaiting();
    },
    stop,
    async close() {
      closed = true;
      stop();
      await current?.done;
    },
  };
}
