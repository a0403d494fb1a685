/** How the messages of this run stood in the editor when they were sent, so that they come back as they were left. */

import { readWritten } from './commands/index.ts';
import { type DraftPart, draftParts, foldAgain } from './editor/draft-parts.ts';
import type { Pastes } from './editor/paste.ts';
import type { WrittenText } from './steering.ts';

export interface Drafts {
  /** @param seen  the message with long pastes folded */
  note(message: string, seen: string, pastes: Pastes): void;
  /** Sent unchanged it is the same message again. */
  of(message: WrittenText): readonly DraftPart[];
}

/** Earlier ones are folded by what can be recognised. */
const mostKept = 50;

export function createDrafts(): Drafts {
  const known = new Map<string, readonly DraftPart[]>();
  return {
    note(message, seen, pastes) {
      known.delete(message);
      known.set(message, draftParts(seen, pastes));
      const [oldest] = known.keys();
      if (known.size > mostKept && oldest !== undefined) known.delete(oldest);
    },
    of({ text, attached }) {
      const parts = known.get(text);
      if (parts !== undefined) return parts;
      const read = readWritten(text);
      // It began with two slashes, or it would have been a command.
      const slash = read.kind === 'message' && read.text === text ? '' : '/';
      return [{ text: slash, isFolded: false }, ...foldAgain(text, attached)].filter((part) => part.text !== '');
    },
  };
}
