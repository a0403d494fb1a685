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
  /** Runs a turn on a log as it stands. */
  readonly run: (log: ConversationLog) => AsyncGenerator<TurnEvent>;
}

const goOnRequest: UserMessage = {
  role: 'user',
  correction: true,
  text: 'Your last answer broke off. Go on exactly where it stops: do not repeat anything, and do not begin anew.',
};

export async function* goOn(unfinished: Unfinished, { log, canContinue, run }: GoOnOptions): AsyncGenerator<TurnEvent> {
  const { text } = unfinished.answer;
  if (canContinue) {
    const echo = createEchoFilter(text);
    let isRefused = false;
    for await (const event of run(continuingLog(log, unfinished, undefined))) {
      if (event.type === 'text-delta') {
        const fresh = echo.push(event.text);
        if (fresh !== '') yield { type: 'text-delta', text: fresh };
        continue;
      }
      isRefused = event.type === 'turn-end' && refusesToContinue(event.outcome);
      if (isRefused) continue;
      const rest = echo.end();
      if (rest !== '') yield { type: 'text-delta', text: rest };
      yield event;
    }
    if (!isRefused) return;
  }
  yield* run(continuingLog(log, unfinished, goOnRequest));
}

/** Newer models and templates with reasoning answer 400 to a request that ends with their own words. */
function refusesToContinue(outcome: TurnOutcome): boolean {
  if (outcome.kind !== 'failed' || outcome.partial || outcome.error.fault.kind !== 'server') return false;
  const { status } = outcome.error.fault;
  return status === 400 || status === 422;
}
