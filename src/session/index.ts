/** A conversation being run: settings that may change between turns, and the turns themselves. */

import type { Message } from '../core/message.ts';
import type { RequestPreview } from '../core/provider.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import { chooseModel } from './choose-model.ts';
import { endTurn, record, runTurn, type TurnOptions, toRequest } from './turn.ts';

export type SessionSettings = Omit<TurnOptions, 'signal' | 'now'> & {
  /** The system prompt; undefined keeps whatever the conversation already has, '' takes it away. */
  readonly system: string | undefined;
};

export interface Session {
  readonly settings: SessionSettings;
  /** Takes effect with the next turn. */
  configure(change: Partial<SessionSettings>): void;
  /** One turn; ends with exactly one `turn-end`. */
  send(text: string, signal: AbortSignal): AsyncGenerator<TurnEvent>;
  /** Answers the last user message again, as another branch; undefined when there is none. */
  retry(signal: AbortSignal): AsyncGenerator<TurnEvent> | undefined;
  /** The first request that `send` would make, or the conversation as it stands; nothing is sent or recorded. */
  preview(text: string | undefined): RequestPreview;
}

/** @param now  monotonic milliseconds */
export function createSession(initial: SessionSettings, now: () => number): Session {
  let settings = initial;

  async function* turn(text: string | undefined, signal: AbortSignal): AsyncGenerator<TurnEvent> {
    const { log, system } = settings;
    if (system !== undefined && system !== currentSystem({ log, system: undefined }))
      yield* record(log, { role: 'system', text: system });
    if (text !== undefined) yield* record(log, { role: 'user', text });

    const model = yield* chooseModel(settings, signal);
    if (model.outcome !== undefined) {
      yield* endTurn(log, model.outcome, {});
      return;
    }
    settings = { ...settings, model: model.id };
    yield* runTurn({ ...settings, signal, now });
  }

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
    get settings() {
      return settings;
    },
    configure(change) {
      settings = { ...settings, ...change };
    },
    send: (text, signal) => sayOnce(turn(text, signal)),
    preview(text) {
      const { provider, system } = settings;
      const following: Message[] = system === undefined ? [] : [{ role: 'system', text: system }];
      if (text !== undefined) following.push({ role: 'user', text });
      return provider.preview(toRequest(settings, 1, following));
    },
    retry(signal) {
      const last = settings.log.messages.findLast(
        ({ message }) => message.role === 'user' && message.correction !== true,
      );
      if (last === undefined) return undefined;
      settings.log.rewind(last.id);
      return sayOnce(turn(undefined, signal));
    },
  };
}

/** The system prompt in force: the one set, or the one the conversation already has; '' for none. */
export function currentSystem({ log, system }: Pick<SessionSettings, 'log' | 'system'>): string {
  if (system !== undefined) return system;
  const last = log.messages.findLast((stored) => stored.message.role === 'system');
  return last?.message.role === 'system' ? last.message.text : '';
}
