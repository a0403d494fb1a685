/** A message on its way: sent at once, or at the end of the turn that runs. */

import { type FileMention, fileMentions } from '../core/file-mentions.ts';
import type { Rewriting } from './edit-earlier.ts';

export interface Outgoing {
  readonly kind: 'message';
  readonly text: string;
  /** Those it names in sight of the person: what a folded paste says may be anybody's words, and brings no file along. */
  readonly files: readonly FileMention[];
  /** The earlier message in whose place it stands. */
  readonly replaces: Rewriting | undefined;
}

/** @param seen  the message as the person saw it, pastes folded */
export function outgoing(text: string, seen = text, replaces?: Rewriting): Outgoing {
  const all = fileMentions(text);
  const inSight = fileMentions(seen);
  return { kind: 'message', text, files: inSight.length < all.length ? inSight : all, replaces };
}
