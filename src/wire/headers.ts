/** Headers that can be sent, and headers as they came. */

import type { IncomingHttpHeaders } from 'node:http';
import { ChatError } from '../core/error.ts';

/**
 * Refuses what would end the header or change on the way, before anything is sent. The value may be a key:
 * it is not shown.
 * @throws ChatError kind 'usage'
 */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) {
      throw new ChatError({ kind: 'usage', what: `${JSON.stringify(name)} is no header name` });
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new ChatError({
        kind: 'usage',
        what: `the value of the header "${name}" has a character that cannot be sent`,
        hint: 'a line break or a stray character copied along with a key?',
      });
    }
  }
}

/** One string a name, lower case; what came more than once is joined with commas. */
export function flattenHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
