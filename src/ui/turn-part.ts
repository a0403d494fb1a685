/** What is said in a turn, of one kind: the answer, or the reasoning. */

import type { TurnEvent } from '../core/turn-event.ts';
import type { Passage, Tail } from './state.ts';

export interface TurnPart {
  /** What an event, of whatever type, adds to the transcript. */
  show(event: TurnEvent): readonly Passage[];
  tail(): Tail | undefined;
}

/** Whether a part that says something is over when this happens, unless the event carries on that part. */
export function endsPart(event: TurnEvent): boolean {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'tool-start':
    case 'message':
    case 'turn-end':
      return true;
    case 'tool-end':
    case 'notice':
    case 'approval':
    case 'item':
      return false;
    default:
      return event satisfies never;
  }
}
