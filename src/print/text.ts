/** The plain front end: the answer on stdout as it arrives, everything else on stderr. */

import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';
import { safeJsonText } from '../terminal/json.ts';
import { safe } from '../terminal/safe.ts';
import type { Activity } from './activity.ts';
import type { AnswerWriter } from './answer.ts';
import type { Output } from './output.ts';
import { structuredValue } from './value.ts';

export interface PrintOptions {
  readonly out: Output;
  /** How the text of an answer is written; undefined writes none (structured output: one value at the end, or nothing). */
  readonly answer: AnswerWriter | undefined;
  readonly activity: Activity;
}

export async function printText(events: AsyncIterable<TurnEvent>, options: PrintOptions): Promise<TurnOutcome> {
  const { out, answer, activity } = options;
  for await (const event of events) {
    await activity.show(event);
    if (event.type === 'text-delta') await answer?.write(event.text);
    if (event.type === 'message' && event.message.message.role === 'assistant') await answer?.end();
    if (event.type === 'turn-end') {
      const { outcome } = event;
      await answer?.end();
      const json = structuredValue(outcome);
      if (json !== undefined) await out.write(safe`${safeJsonText(json)}\n`);
      return outcome;
    }
  }
  throw new Error('the turn ended without turn-end');
}
