/** JSON for stdout: lossless, and nothing in it can drive a terminal. */

import { invisible } from './invisible.ts';
import { markSafe, type SafeText } from './safe.ts';

/** All that is invisible but spaces, the joiners of emoji and scripts, and the two selectors of emoji. */
const unseen = new RegExp(`(?![\\n\\t\\u200c\\u200d\\ufe0e\\ufe0f\\p{Zs}])${invisible.source}`, 'gu');

export function safeJson(value: unknown, indent?: number): SafeText {
  return safeJsonText(JSON.stringify(value, null, indent));
}

/**
 * Escapes every invisible or controlling code point inside JSON text as `\uXXXX`: the value stays the same.
 * @param json  text that JSON.parse accepts: such characters stand only inside its strings (RFC 8259, section 7),
 *   except for a carriage return, which is white space and becomes a newline
 */
export function safeJsonText(json: string): SafeText {
  const escaped = json.replace(/\r\n?/g, '\n').replace(unseen, toEscape);
  return markSafe(escaped);
}

function toEscape(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index++) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
