/** The structured answer of the last turn, which `/save` writes. One before it never stands for it. */

import type { TurnEvent } from '../core/turn-event.ts';
import { structuredValue } from '../print/value.ts';
import type { Wanted } from '../session/structured/index.ts';
import type { StructuredAnswer } from './save.ts';

export interface LastAnswer {
  /** Undefined while a turn runs, and after one that came to no value. */
  readonly value: StructuredAnswer | undefined;
  /** Passes the events of a turn on. @param wanted  what its answer is held to */
  watch(events: AsyncIterable<TurnEvent>, wanted: Wanted | undefined): AsyncGenerator<TurnEvent>;
  forget(): void;
}

export function createLastAnswer(): LastAnswer {
  let value: StructuredAnswer | undefined;
  return {
    get value() {
      return value;
    },
    async *watch(events, wanted) {
      value = undefined;
      for await (const event of events) {
        const text = event.type === 'turn-end' ? structuredValue(event.outcome) : undefined;
        if (text !== undefined && wanted?.kind === 'json-schema') value = { text, schema: wanted.schema };
        yield event;
      }
    },
    forget() {
      value = undefined;
    },
  };
}
