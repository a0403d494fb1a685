/** The plain front end: the answer on stdout as it arrives, everything else on stderr. */

import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import type { Activity } from './activity.ts';
import type { AnswerWriter } from './answer.ts';

export interface PrintOptions {
  /** How the text of an answer is written. */
  readonly answer: AnswerWriter;
  readonly activity: Activity;
}

export async function printText(events: AsyncIterable<TurnEvent>, options: PrintOptions): Promise<TurnOutcome> {
  const { answer, activity } = options;
  for await (const event of events) {
    if (event.type !== 'text-delta') await answer.pause?.();
    await activity.show(event);
    if (event.type === 'text-delta') await answer.write(event.text);
    if (event.type === 'message' && event.message.message.role === 'assistant') await answer.end();
    if (event.type === 'turn-end') {
      await answer.end();
      return event.outcome;
    }
  }
  throw new Error('the turn ended without turn-end');
}
