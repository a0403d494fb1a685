/** `/continue`: the rest of an answer that was cut or stopped, as the end of that answer. */

import type { ConversationLog } from '../core/conversation.ts';
import type { UserMessage } from '../core/message.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { continuingLog, type Unfinished } from './continuing-log.ts';
import { createEchoFilter } from './join-continued.ts';

export { unfinishedAnswer } from './continuing-log.ts';

export interface GoOnOptions {
  readonly log: ConversationLog;
  /** The server goes on in the middle of an answer. */
  readonly canContinue: boolean;
  /** It does not after all: it refused, and then answered in words. */
  readonly onRefused: () => void;
  /** Runs a turn on a log as it stands. */
  readonly run: (log: ConversationLog) => AsyncGenerator<TurnEvent>;
}

const goOnRequest: UserMessage = {
  role: 'user',
  correction: true,
  text: 'Your last answer broke off. Go on exactly where it stops: do not repeat anything, and do not begin anew.',
};

export async function* goOn(unfinished: Unfinished, options: GoOnOptions): AsyncGenerator<TurnEvent> {
  const { log, canContinue, onRefused, run } = options;
  const { text } = unfinished.answer;
  let isRefused = false;
  if (canContinue) {
    for await (const event of withoutEcho(run(continuingLog(log, unfinished, undefined)), text, false)) {
      isRefused = event.type === 'turn-end' && refusesToContinue(event.outcome);
      if (!isRefused) yield event;
    }
    if (!isRefused) return;
  }
  for await (const event of withoutEcho(run(continuingLog(log, unfinished, goOnRequest)), text, true)) {
    if (isRefused && event.type === 'turn-end' && event.outcome.kind === 'done') onRefused();
    yield event;
  }
}

async function* withoutEcho(events: AsyncIterable<TurnEvent>, said: string, asked: boolean): AsyncGenerator<TurnEvent> {
  const echo = createEchoFilter(said, asked);
  for await (const event of events) {
    const fresh = event.type === 'text-delta' ? echo.push(event.text) : isEndOfText(event) ? echo.end() : '';
    if (fresh !== '') yield { type: 'text-delta', text: fresh };
    if (event.type !== 'text-delta') yield event;
  }
}

/** A notice may come in the middle of a text. */
function isEndOfText({ type }: TurnEvent): boolean {
  return type === 'message' || type === 'turn-end' || type === 'tool-start';
}

/** Newer models and templates with reasoning answer 400 to a request that ends with their own words. */
function refusesToContinue(outcome: TurnOutcome): boolean {
  if (outcome.kind !== 'failed' || outcome.partial || outcome.error.fault.kind !== 'server') return false;
  const { status } = outcome.error.fault;
  return status === 400 || status === 422;
}
