/**
 * Which files a message names. What a long paste says is not on the screen, and may be anybody's words: a file named
 * only there is not sent along. The message waits in a queue as one text, so this is kept beside it.
 */

import { type FileMention, fileMentions } from '../core/file-mentions.ts';

export interface NamedFiles {
  /** @param seen  the message as the person saw it, pastes folded */
  note(message: string, seen: string): void;
  of(message: string): readonly FileMention[];
}

export function createNamedFiles(): NamedFiles {
  const known = new Map<string, readonly FileMention[]>();
  return {
    note(message, seen) {
      // The same message again may have been pasted or typed.
      known.delete(message);
      const named = fileMentions(seen);
      if (fileMentions(message).length > named.length) known.set(message, named);
    },
    of: (message) => known.get(message) ?? fileMentions(message),
  };
}
