/** What a word can become when Tab is pressed. */

import type { ReplActions } from '../actions.ts';

export interface Candidate {
  /** What stands in the editor when it is chosen; ends with a space where the next word may begin. */
  readonly value: string;
  readonly detail: string;
}

/** What a command offers for its argument, or for the last part of it. */
export interface Offer {
  /** Where in the argument the part begins. */
  readonly from: number;
  /** All there are: those that fit what is written are chosen among them. */
  readonly candidates: readonly Candidate[];
}

export interface OfferContext {
  readonly actions: ReplActions;
  /** As far as the caret. */
  readonly argument: string;
  /** Aborts when the person goes on without. */
  readonly signal: AbortSignal;
}

/** Where the last word of the argument begins. */
export function lastWordStart(argument: string): number {
  return argument.length - (/\S*$/.exec(argument)?.[0].length ?? 0);
}
