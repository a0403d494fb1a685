/** What commands say while an answer is being written: it comes below the answer, not into the middle of it. */

import type { Passage, ReplState } from './state.ts';

export interface HeldOutput {
  /** As the command was written. */
  readonly command: string;
  readonly passages: readonly Passage[];
}

/** The text, or the reasoning, that is being written has no end yet. */
export function isWriting({ running }: Pick<ReplState, 'running'>): boolean {
  return running?.live.tail !== undefined;
}
