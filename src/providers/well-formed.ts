import { isJsonObject, type Json } from '../core/json.ts';

/** The value with half surrogate pairs replaced in every string, and without fields that are undefined. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name.toWellFormed(), wellFormed(inner)]));
}
