/** JSON for stdout: lossless, and nothing in it can drive a terminal. */

import { markSafe, type SafeText } from './safe.ts';

/**
 * Controls, formats, separators, lone surrogates, blank letters and variation selectors; not the joiners of emoji
 * and scripts, nor the two selectors of emoji.
 */
const unseen =
  /(?![\n\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[\uFE00-\uFE0D]|[\u{E0100}-\u{E01EF}]|\u034F|[\u17B4\u17B5]|[\u180B-\u180F]|[\u115F\u1160\u2800\u3164\uFFA0]/gu;

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
