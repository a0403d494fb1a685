/** What is printed, and what commands say while an answer is being written: that comes below it, not into its middle. */

import { joinSafe, safe } from '../terminal/safe.ts';
import type { Passage, Printed, ReplState } from './state.ts';

export interface HeldOutput {
  /** As the command was written. */
  readonly command: string;
  /** Empty for a command that is run at the end of the turn only. */
  readonly passages: readonly Passage[];
}

/** The text, or the reasoning, that is being written has no end yet. */
export function isWriting({ running }: Pick<ReplState, 'running'>): boolean {
  return running?.live.tail !== undefined;
}

/** What waited is printed, unless there is still something to wait for. */
export function released(state: ReplState): ReplState {
  if (state.held.length === 0 || isWriting(state) || mayBeEnding(state)) return state;
  const held = state.running === undefined ? [] : state.held.filter((output) => output.passages.length === 0);
  const passages = state.held.flatMap((output) => output.passages);
  return { ...state, held, printed: printed(state.printed, passages) };
}

/** Whether it was stopped or has failed is said right below the answer; a tool that runs says that neither is so. */
function mayBeEnding({ running }: ReplState): boolean {
  return running !== undefined && running.live.tools.length === 0;
}

/** The list only ever grows at its end: Ink's Static counts on it. */
export function printed(before: readonly Printed[], passages: readonly Passage[]): readonly Printed[] {
  const added = passages
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, apart }, index) => ({
      id: before.length + index,
      text: joinSafe(apart && before.length + index > 0 ? [safe``, ...lines] : lines, safe`\n`),
    }));
  return added.length === 0 ? before : [...before, ...added];
}
