/** Sampling and further fields of the request by name, as `/set` writes them. */

import { ChatError } from '../core/error.ts';
import { type Json, type JsonObject, parseJson } from '../core/json.ts';
import type { Sampling } from '../core/provider.ts';

export interface RequestOptions {
  readonly sampling: Sampling;
  /** Fields without a name of their own here, sent as they are. */
  readonly extra: JsonObject;
}

type Read = (text: string) => number | readonly string[] | undefined;

/** A map, since an object has a `constructor` too, and the name is whatever a person types. */
const fields: ReadonlyMap<string, { readonly field: keyof Sampling; readonly read: Read; readonly wanted: string }> =
  new Map([
    ['temperature', { field: 'temperature', read: asNumber, wanted: 'a number' }],
    ['max-tokens', { field: 'maxTokens', read: asPositive, wanted: 'a whole number from 1' }],
    ['top-p', { field: 'topP', read: asNumber, wanted: 'a number' }],
    ['top-k', { field: 'topK', read: asCount, wanted: 'a whole number from 0' }],
    ['seed', { field: 'seed', read: asCount, wanted: 'a whole number from 0' }],
    ['stop', { field: 'stop', read: asStop, wanted: 'a text, or a JSON list of texts' }],
  ]);

/**
 * @param text  undefined leaves the option to the server
 * @throws ChatError kind 'usage' for a value that the option cannot have
 */
export function withOption(options: RequestOptions, name: string, text: string | undefined): RequestOptions {
  const known = fields.get(canonical(name));
  if (known === undefined) return { ...options, extra: withField(options.extra, name, text && asJson(text)) };
  const value = text === undefined ? undefined : known.read(text);
  if (text !== undefined && value === undefined) {
    throw new ChatError({ kind: 'usage', what: `${canonical(name)} has to be ${known.wanted}` });
  }
  // The table pairs each field with the reader of its type.
  return { ...options, sampling: withField({ ...options.sampling } as JsonObject, known.field, value) as Sampling };
}

/** What is set, in the order of the table, then the others. */
export function listOptions({ sampling, extra }: RequestOptions): readonly (readonly [string, string])[] {
  const known = [...fields].flatMap(([name, { field }]) => {
    const value = sampling[field];
    return value === undefined ? [] : [[name, JSON.stringify(value)] as const];
  });
  return [...known, ...Object.entries(extra).map(([name, value]) => [name, JSON.stringify(value)] as const)];
}

/** `max_tokens` and `maxTokens` are meant as `max-tokens`. */
function canonical(name: string): string {
  const spelled = name.replace(/_/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return fields.has(spelled) ? spelled : name;
}

function withField(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _old, ...others } = object;
  return value === undefined ? others : { ...others, [name]: value };
}

function asJson(text: string): Json {
  const parsed = parseJson(text);
  // A bare word is meant as a string.
  return parsed === undefined ? text : parsed;
}

function asNumber(text: string): number | undefined {
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function asCount(text: string): number | undefined {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function asPositive(text: string): number | undefined {
  const number = asCount(text);
  return number === 0 ? undefined : number;
}

function asStop(text: string): readonly string[] | undefined {
  const parsed = parseJson(text);
  if (typeof parsed === 'string') return [parsed];
  if (!Array.isArray(parsed)) return parsed === undefined || typeof parsed !== 'object' ? [text] : undefined;
  const texts = parsed.filter((one) => typeof one === 'string');
  return texts.length === parsed.length && texts.length > 0 ? texts : undefined;
}
