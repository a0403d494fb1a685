/** Reading the fields of hand-written JSON: what is wrong is reported by its full name, and the rest used. */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';

export interface Fields {
  /** Undefined for a field that is absent, and for one that `parse` does not take, which is then noted. */
  take<Value>(name: string, parse: (value: Json | undefined) => Value | undefined, wanted: string): Value | undefined;
}

/** @param prefix  what stands before the names of the fields in a problem: `profiles.work.` */
export function fieldsOf(object: JsonObject, prefix: string, problems: string[]): Fields {
  return {
    take(name, parse, wanted) {
      if (object[name] === undefined) return undefined;
      const parsed = parse(object[name]);
      if (parsed === undefined) problems.push(`${prefix}${name} is not ${wanted} and is ignored`);
      return parsed;
    },
  };
}

/** The object without fields that are undefined. */
export function pruned<Shape extends object>(object: { readonly [Key in keyof Shape]: Shape[Key] | undefined }): Shape {
  // Only absent fields were taken out, and every field of the shape may be absent.
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Shape;
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

export function asUrl(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined;
  return /^https?:$/.test(new URL(value).protocol) ? value : undefined;
}

export function asBoolean(value: Json | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function asCount(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** The value if it is one of `words`. */
export function oneOf<Word extends string>(words: readonly Word[]): (value: Json | undefined) => Word | undefined {
  return (value) => words.find((word) => word === value);
}
