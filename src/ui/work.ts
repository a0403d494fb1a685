/** What runs for the person, one thing at a time: a turn, or a command that asks a server. And what waits for it. */

import { isChatError } from '../core/error.ts';
import type { ReplActions, RunningTurn } from './actions.ts';
import type { Command } from './commands/command.ts';
import { commands } from './commands/index.ts';
import type { Look } from './look.ts';
import { runTurn } from './run-turn.ts';
import type { Passage } from './state.ts';
import type { Store } from './store.ts';
import { errorPassage, pairsPassage, plainPassage, userPassage } from './transcript.ts';

export interface Work {
  /** Sends a message; the store must not be running anything. */
  send(text: string): void;
  run(command: Command, argument: string): void;
  /** Stops what runs; what came of it is kept. Nothing happens when nothing runs. */
  stop(): void;
  /** Stops, and resolves when that is through. Nothing is started any more. */
  close(): Promise<void>;
}

export interface WorkOptions {
  readonly actions: ReplActions;
  readonly store: Store;
  readonly look: () => Look;
  readonly onQuit: () => void;
  /** What is thrown and no ChatError. */
  readonly onBug: (bug: unknown) => void;
}

interface Job {
  readonly stop: () => void;
  /** Resolves with what comes next. */
  readonly run: () => Promise<() => void>;
}

export function createWork({ actions, store, look, onQuit, onBug }: WorkOptions): Work {
  const { dispatch, state } = store;
  const print = (...passages: readonly Passage[]): void => dispatch({ type: 'print', passages });
  let current: { readonly job: Job; readonly done: Promise<void> } | undefined;
  let closed = false;

  function start(job: Job): void {
    dispatch({ type: 'start' });
    current = { job, done: finish(job).catch(onBug) };
  }

  /** An expected failure is a line in the chat. */
  async function finish(job: Job): Promise<void> {
    const timer = setInterval(() => dispatch({ type: 'tick' }), 1000);
    let next = returnQueue;
    try {
      next = await job.run();
    } catch (error) {
      if (!isChatError(error)) throw error;
      if (error.kind !== 'aborted') print(errorPassage(error, look()));
    } finally {
      clearInterval(timer);
    }
    current = undefined;
    dispatch({ type: 'finish', status: actions.status() });
    if (!closed) next();
  }

  function answer(turn: RunningTurn): void {
    start({
      stop: () => turn.stop(),
      run: async () => {
        const outcome = await runTurn(turn, store, look);
        return outcome === 'done' || outcome === 'limit' ? sendNext : returnQueue;
      },
    });
  }

  /** After a stop or a failure what is queued goes back to the person: it was written for another course of things. */
  function returnQueue(): void {
    dispatch({ type: 'take-back', which: 'all' });
  }

  function sendNext(): void {
    const [next] = state().queue;
    if (next === undefined) return;
    dispatch({ type: 'dequeue' });
    send(next);
  }

  function send(text: string): void {
    print(userPassage(text, look()));
    answer(actions.send(text));
  }

  function run(command: Command, argument: string): void {
    const abort = new AbortController();
    let next = sendNext;
    const call = async (): Promise<() => void> => {
      await command.run({
        actions,
        commands,
        argument,
        signal: abort.signal,
        say: (...lines) => print(plainPassage(lines, look())),
        list: (pairs) => print(pairsPassage(pairs, look())),
        answer: (turn) => {
          next = () => answer(turn);
        },
        quit: onQuit,
      });
      return next;
    };
    if (command.anytime) call().catch(onBug);
    else start({ stop: () => abort.abort(), run: call });
  }

  function stop(): void {
    if (current === undefined || state().running?.stopping) return;
    dispatch({ type: 'stopping' });
    current.job.stop();
  }

  return {
    send,
    run,
    stop,
    async close() {
      closed = true;
      stop();
      await current?.done;
    },
  };
}
