/**
 * A schema without what is composed in it: `$ref` and `allOf` merged into one, and the choices (`anyOf`, `oneOf`,
 * `if`) beside it. One of each choice has to hold together with the base.
 */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { mergeSchemas } from './merge-schemas.ts';
import type { References } from './references.ts';

export type Flat =
  | { readonly kind: 'flat'; readonly base: JsonObject; readonly choices: readonly (readonly Json[])[] }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: string };

type FlatSchema = Extract<Flat, { kind: 'flat' }>;

export const tooLarge = 'it is too large or too deep to be rewritten';

export interface Flattening {
  readonly references: References;
  /** Pays for the work; false when there was too much of it: schemas made of each other can unfold without end. */
  readonly spend: (steps: number) => boolean;
}

const maxDepth = 100;

/** @param within  the schemas around this one that are being flattened: one that contains itself has no end */
export function flatten(schema: JsonObject, flattening: Flattening, within: readonly JsonObject[] = []): Flat {
  const { references, spend } = flattening;
  if (within.includes(schema)) return { kind: 'refused', why: 'a schema that is made of itself' };
  if (within.length > maxDepth || !spend(1)) return { kind: 'refused', why: tooLarge };
  const reference = references.read(schema);
  const parts: Json[] = [];
  if (reference !== undefined) {
    const target = references.resolve(schema);
    if (target === undefined) return { kind: 'refused', why: `$ref ${JSON.stringify(reference)} leads nowhere here` };
    parts.push(target);
  }
  if (Array.isArray(schema.allOf)) parts.push(...schema.allOf);

  let flat: FlatSchema = { kind: 'flat', base: ownKeywords(schema), choices: choicesOf(schema) };
  for (const part of parts) {
    if (part === false) return { kind: 'nothing' };
    if (!isJsonObject(part)) continue;
    const inner = flatten(part, flattening, [...within, schema]);
    if (inner.kind !== 'flat') return inner;
    const base = mergeSchemas(flat.base, inner.base);
    if (base === undefined) return { kind: 'refused', why: 'allOf of two tuples' };
    if (!spend(isJsonObject(base.properties) ? Object.keys(base.properties).length : 0)) {
      return { kind: 'refused', why: tooLarge };
    }
    flat = { kind: 'flat', base, choices: [...flat.choices, ...inner.choices] };
  }
  return flat;
}

function choicesOf(schema: JsonObject): readonly (readonly Json[])[] {
  const condition = schema.if;
  const depends = condition !== undefined && (schema.then !== undefined || schema.else !== undefined);
  return [
    ...(Array.isArray(schema.anyOf) ? [schema.anyOf] : []),
    ...(Array.isArray(schema.oneOf) ? [schema.oneOf] : []),
    // The second one also allows what meets the condition; the validation here does not.
    ...(depends ? [[{ allOf: [condition, schema.then ?? true] }, schema.else ?? true]] : []),
  ];
}

const composed = new Set([
  ...['$ref', '$dynamicRef', '$recursiveRef', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'],
  ...['$defs', 'definitions', '$id', 'id', '$schema', '$anchor', '$dynamicAnchor', '$recursiveAnchor'],
]);

/** The rest, with old ways of writing in the new one: a flag beside a limit, `nullable`, `const`. */
function ownKeywords(schema: JsonObject): JsonObject {
  if (!Object.keys(schema).some((keyword) => composed.has(keyword) || oldKeywords.has(keyword))) return schema;
  const own = new Map(Object.entries(schema).filter(([keyword]) => !composed.has(keyword)));
  for (const [flag, limit] of exclusiveFlags) {
    const value = schema[flag];
    if (typeof value !== 'boolean') continue;
    own.delete(flag);
    if (value && schema[limit] !== undefined) own.set(flag, schema[limit]).delete(limit);
  }
  // OpenAPI 3.0; as in ajv it adds null to the types, and an enum still has to name it.
  if (schema.nullable === true && schema.type !== undefined) own.set('type', [...[schema.type].flat(), 'null']);
  if (schema.const !== undefined) {
    own.delete('const');
    own.set('enum', Array.isArray(schema.enum) ? schema.enum.filter(equals(schema.const)) : [schema.const]);
  }
  return Object.fromEntries(own);
}

const oldKeywords = new Set(['exclusiveMinimum', 'exclusiveMaximum', 'nullable', 'const']);

const exclusiveFlags = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

function equals(value: Json): (other: Json) => boolean {
  const text = JSON.stringify(value);
  return (other) => JSON.stringify(other) === text;
}
