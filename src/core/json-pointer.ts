/**
 * JSON pointers: `/properties/a~1b/0` is the first element under the key `a/b` of `properties`. As a reference inside
 * of a schema one stands in the fragment of a URI, `#/$defs/My%20Row`, with percent signs of its own.
 * @see https://www.rfc-editor.org/rfc/rfc6901
 */

import { isJsonObject, type Json } from './json.ts';

/** @returns the value at a place of a document; undefined when there is none. `''` is the whole document. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  return follow(document, pointer, (step) => step);
}

/**
 * The value that `#` and a pointer behind it refer to; undefined when they lead nowhere, and for other references.
 * A percent sign that starts no escape stands for itself. An escaped slash is part of a key, as ajv reads it.
 */
export function referredTo(document: Json, reference: string): Json | undefined {
  return reference.startsWith('#') ? follow(document, reference.slice(1), unescapePercent) : undefined;
}

/** `key` as one step of a pointer, without the slash before it. */
export function pointerStep(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The same in the fragment of a URI. */
export function fragmentStep(key: string | number): string {
  return encodeURIComponent(pointerStep(key));
}

function follow(document: Json, pointer: string, read: (step: string) => string): Json | undefined {
  if (pointer === '') return document;
  if (!pointer.startsWith('/')) return undefined;
  let value: Json | undefined = document;
  for (const step of pointer.slice(1).split('/')) {
    value = memberOf(value, read(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return value;
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function unescapePercent(step: string): string {
  if (!step.includes('%')) return step;
  try {
    return decodeURIComponent(step);
  } catch (error) {
    if (error instanceof URIError) return step;
    throw error;
  }
}
