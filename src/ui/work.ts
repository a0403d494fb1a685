/** What runs for the person, one thing at a time: a turn, or a command that asks a server. And what waits for it. */

import type { ApprovalQuestion } from '../core/approval.ts';
import { isChatError } from '../core/error.ts';
import type { TurnOutcome } from '../core/turn-event.ts';
import type { ReplActions, RunningTurn } from './actions.ts';
import type { Command, CommandContext } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { beginEdit } from './edit-earlier.ts';
import { keyHelp } from './keys/bindings.ts';
import type { Look } from './look.ts';
import type { Outgoing } from './outgoing.ts';
import { type AskLine, listChoices } from './picker/list-choices.ts';
import type { Picker } from './picker/picker.ts';
import { plainKeys } from './plain/keys.ts';
import { recallPassages } from './recall.ts';
import { runTurn } from './run-turn.ts';
import { sourcePassages } from './source.ts';
import type { Passage } from './state.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import { errorPassage, noticePassage, pairsPassage, plainPassage, userPassage } from './transcript.ts';

export interface Work {
  /** The store must not be running anything. */
  send(message: Outgoing): void;
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
  const { actions, store, look, ask, follow, pick, askLine, switches, now, onQuit, onBug } = options;
  const { dispatch, state } = store;
  const print = (...passages: readonly Passage[]): void => dispatch({ type: 'print', passages });
  let current: { readonly job: Job; readonly done: Promise<void> } | undefined;
  let closed = false;

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
    let next = returnQueue;
    try {
      next = await job.run();
    } catch (error) {
      sayFailure(error);
    } finally {
      clearInterval(timer);
    }
    current = undefined;
    dispatch({ type: 'finish', status: actions.status() });
    if (!closed) next();
  }

  function answer(turn: RunningTurn): void {
    const run = async (): Promise<() => void> => {
      const outcome = await (follow?.(turn) ?? runTurn(turn, { store, look, ask, now }));
      return outcome === 'done' || outcome === 'limit' ? sendNext : returnQueue;
    };
    start({ stop: () => turn.stop(), run }, 'start-turn');
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

  function send(message: Outgoing): void {
    const { text, files, replaces } = message;
    if (replaces !== undefined && actions.steering.rewindBefore(replaces.id)) {
      print(noticePassage({ level: 'info', text: 'another branch from here; what followed is kept' }, look()));
    }
    print(userPassage(text, look()));
    if (files.length === 0) answer(actions.send(text));
    else sendWithFiles(message);
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
        if (state().editor.text === '') dispatch({ type: 'edit', action: { type: 'insert', text } });
        throw error;
      }
    };
    start({ stop: () => abort.abort(), run });
  }

  function run(command: Command, argument: string): void {
    const abort = new AbortController();
    let next = sendNext;
    const say: CommandContext['say'] = (...lines) => print(plainPassage(lines, look()));
    const list: CommandContext['list'] = (pairs) => print(pairsPassage(pairs, look()));
    const call = async (): Promise<() => void> => {
      await command.run({
        actions,
        commands,
        keys: follow === undefined ? keyHelp(state().kittyKeys) : plainKeys,
        argument,
        signal: abort.signal,
        say,
        sayVerbatim: (text) => print(...sourcePassages(text, look())),
        list,
        pick: pick ?? ((request) => listChoices(request, { say, askLine })),
        recall: (messages) => print(...recallPassages(messages, look())),
        answer: (turn) => {
          next = () => answer(turn);
        },
        draft: (text) => dispatch({ type: 'edit', action: { type: 'replace', text } }),
        editEarlier: (age) => beginEdit(age, { actions, store }),
        switches,
        quit: onQuit,
      });
      return next;
    };
    if (command.anytime) call().catch(sayFailure).catch(onBug);
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
