/** A conversation being run: settings that may change between turns, and the turns themselves. */

import type { ConversationLog } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import type { Message } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import type { RequestPreview } from '../core/provider.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { unansweredMessages, writtenMessages } from './branches.ts';
import { chooseModel } from './choose-model.ts';
import { endTurn, record } from './record.ts';
import { openLadder, runTurn, type TurnOptions, toRequest } from './turn.ts';

export type SessionSettings = Omit<TurnOptions, 'signal' | 'now' | 'allowedTools'> & {
  /** The system prompt; undefined keeps whatever the conversation already has, '' takes it away. */
  readonly system: string | undefined;
};

export interface Session {
  readonly settings: SessionSettings;
  /** What a person has allowed for this conversation. */
  readonly allowedTools: ReadonlySet<string>;
  /** A person is to be asked about this tool again. */
  askAbout(tool: string): void;
  /** Takes effect with the next turn. */
  configure(change: Partial<SessionSettings>): void;
  /** One turn; ends with exactly one `turn-end`. */
  send(text: string, signal: AbortSignal): AsyncGenerator<TurnEvent>;
  /** Answers the last user message again, as another branch; undefined when there is none. */
  retry(signal: AbortSignal): AsyncGenerator<TurnEvent> | undefined;
  /**
   * Goes on with the last answer: the rest of one that was cut, another round after tools that were stopped, more of
   * one that is finished. Undefined when there is no answer. @throws ChatError kind 'usage' for a structured one
   */
  goOn(signal: AbortSignal): AsyncGenerator<TurnEvent> | undefined;
  /**
   * The first request that `send` would make, or the conversation as it stands; nothing is sent or recorded.
   * @throws ChatError kind 'usage' when the server has no way to hold the answer to its format
   */
  preview(text: string | undefined): Promise<RequestPreview>;
}

/** @param now  monotonic milliseconds */
export function createSession(initial: SessionSettings, now: () => number): Session {
  let settings = initial;

  async function* turn(text: string | undefined, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    const { log, system } = settings;
    if (system !== undefined && system !== currentSystem({ log, system: undefined }))
      yield* record(log, { role: 'system', text: system });
    if (text !== undefined) {
      yield* sayUnanswered(log);
      yield* record(log, { role: 'user', text });
    }

    yield* answer(log, signal);
  }

  /** One turn on a log as it stands. */
  async function* answer(log: ConversationLog, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    const model = yield* chooseModel(settings, signal);
    if (model.outcome !== undefined) {
      yield* endTurn(log, model.outcome, {});
      return;
    }
    settings = { ...settings, model: model.id };
    yield* runTurn({ ...settings, log, allowedTools: allowedIn(settings.log), signal, now });
  }

  async function* continued(signal: AbortSignal): AsyncGenerator<TurnEvent> {
    // Not on the path of a pipe.
    const { goOn, unfinishedAnswer } = await import('./go-on.ts');
    const { log, provider, model } = settings;
    const unfinished = unfinishedAnswer(log);
    if (unfinished === undefined) return yield* turn('Go on.', signal);
    const canContinue = provider.continuesAnswer?.(model) ?? false;
    const onRefused = (): void => provider.leaveContinuing?.(model);
    yield* goOn(unfinished, { log, canContinue, onRefused, run: (place) => answer(place, signal) });
  }

  /** A tool that a person has allowed is allowed for the conversation, and for no other. */
  const allowed = new WeakMap<ConversationLog, Set<string>>();
  const allowedIn = (log: ConversationLog): Set<string> => {
    const tools = allowed.get(log) ?? new Set();
    allowed.set(log, tools);
    return tools;
  };

  /** A disk that refuses one message refuses the next for the same reason: that is said once, until it changes. */
  let saidUnsaved = '';
  async function* sayOnce(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent> {
    for await (const event of events) {
      if (event.type === 'notice' && event.notice.code === 'not-saved') {
        if (event.notice.text === saidUnsaved) continue;
        saidUnsaved = event.notice.text;
      }
      yield event;
    }
  }

  return {
    get allowedTools() {
      return allowedIn(settings.log);
    },
    askAbout: (tool) => void allowedIn(settings.log).delete(tool),
    get settings() {
      return settings;
    },
    configure(change) {
      settings = { ...settings, ...change };
    },
    send: (text, signal) => sayOnce(turn(text, signal)),
    async preview(text) {
      const { provider, system } = settings;
      const following: Message[] = system === undefined ? [] : [{ role: 'system', text: system }];
      if (text !== undefined) following.push({ role: 'user', text });
      const ladder = await openLadder(settings);
      return provider.preview(
        toRequest(settings, { round: 1, toolsAllowed: true, following, ...optional('step', ladder?.step(true)) }),
      );
    },
    goOn(signal) {
      const { log, structured } = settings;
      const last = log.messages.at(-1)?.message;
      if (last === undefined || last.role === 'user' || last.role === 'system') return undefined;
      if (structured !== undefined) {
        const what = 'a structured answer is one value and is not gone on with';
        throw new ChatError({ kind: 'usage', what, hint: '/retry asks for it again' });
      }
      return sayOnce(last.role === 'tool' ? turn(undefined, signal) : continued(signal));
    },
    retry(signal) {
      const [last] = writtenMessages(settings.log);
      if (last === undefined) return undefined;
      settings.log.rewind(last.id);
      return sayOnce(turn(undefined, signal));
    },
  };
}

/** What failed or was stopped before a word came stays, and the model reads it together with the new message. */
function* sayUnanswered(log: ConversationLog): Generator<TurnEvent> {
  const count = unansweredMessages(log).length;
  if (count === 0) return;
  const what =
    count === 1 ? 'your last message has no answer and goes' : `your last ${count} messages have no answer and go`;
  yield { type: 'notice', notice: { level: 'info', code: 'unanswered', text: `${what} along with this one` } };
}

/** The system prompt in force: the one set, or the one the conversation already has; '' for none. */
export function currentSystem({ log, system }: Pick<SessionSettings, 'log' | 'system'>): string {
  if (system !== undefined) return system;
  const last = log.messages.findLast((stored) => stored.message.role === 'system');
  return last?.message.role === 'system' ? last.message.text : '';
}
