/**
 * `--key NAME`, `--key env:VAR` and `--key -`. A key itself never stands on a command line: every process can
 * read those.
 */

import { ChatError } from '../core/error.ts';
import { redact } from '../core/redact.ts';
import { isShortName } from '../core/short-name.ts';
import type { Host } from './host.ts';
import { readStdin } from './stdin.ts';

/** Where the key of this run comes from, before anything a profile says. */
export type KeyFlag =
  | { readonly from: 'environment'; readonly variable: string }
  | { readonly from: 'file'; readonly name: string }
  | { readonly from: 'stdin'; readonly value: string };

/** @throws ChatError 'usage' for any other form, without repeating it */
export async function parseKeyFlag(
  given: string | undefined,
  host: Host,
  signal: AbortSignal,
): Promise<KeyFlag | undefined> {
  if (given === undefined) return undefined;
  if (given === '-') {
    const value = host.hasStdin() ? (await readStdin(host.stdin, { signal })).trim() : '';
    if (value === '') throw new ChatError({ kind: 'usage', what: '--key - reads the key from stdin, which is empty' });
    return { from: 'stdin', value };
  }
  const variable = /^env:([A-Za-z_][A-Za-z0-9_]*)$/.exec(given)?.[1];
  if (variable !== undefined) return { from: 'environment', variable };
  // What has the shape of a key is one, put where its name belongs.
  if (isShortName(given) && redact(given) === given) return { from: 'file', name: given };
  throw new ChatError({
    kind: 'usage',
    what: '--key takes env:VAR, the name of a stored key (banter keys), or - to read it from stdin',
    hint: 'a key on the command line can be read by every process',
  });
}
