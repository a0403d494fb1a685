/** What stands before the caret, seen as something that can be completed. */

import type { Command } from '../commands/command.ts';
import { readWritten } from '../commands/index.ts';

export type Place =
  | { readonly kind: 'command'; readonly start: number }
  /** `start` is where the argument begins, not the word. */
  | { readonly kind: 'argument'; readonly start: number; readonly command: Command }
  | { readonly kind: 'file'; readonly start: number };

/** In UTF-16 units: what is longer is no command line, and no name of a file. */
const longestLook = 4096;

export function placeAt(text: string, caret: number): Place | undefined {
  const before = text.slice(0, caret);
  if (caret <= longestLook) {
    if (/^\/[^\s/.]*$/.test(before)) return { kind: 'command', start: 0 };
    const name = /^\/\S+\s+/.exec(before)?.[0];
    const read = name === undefined ? undefined : readWritten(before);
    if (name !== undefined && read?.kind === 'command' && read.command.complete !== undefined) {
      return { kind: 'argument', start: name.length, command: read.command };
    }
  }
  const look = before.slice(-longestLook);
  const file = /(?<!\S)@(?:"[^"\n]*|[^\s"]*)$/.exec(look);
  return file === null ? undefined : { kind: 'file', start: caret - file[0].length };
}
