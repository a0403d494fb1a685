/** Two schemas that both have to hold, as one. Neither holds a `$ref`, `allOf`, `anyOf`, `oneOf` or `if` at its top. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** @returns undefined where one schema cannot say both */
export function mergeSchemas(one: JsonObject, other: JsonObject): JsonObject | undefined {
  if (isTuple(one) && isTuple(other)) return undefined;
  const merged = new Map<string, Json | undefined>(Object.entries(one));
  for (const [keyword, value] of Object.entries(other)) {
    const mine = merged.get(keyword);
    merged.set(keyword, mine === undefined ? value : combine(keyword, mine, value));
  }
  for (const [keyword, value] of mergeKeys(one, other)) merged.set(keyword, value);
  return Object.fromEntries(merged);
}

/** Both hold: a schema again, made of the two as they are. */
export function both(one: Json | undefined, other: Json | undefined): Json | undefined {
  if (one === undefined || one === true) return other;
  if (other === undefined || other === true || one === other) return one;
  if (one === false || other === false) return false;
  return isSameReference(one, other) ? one : { allOf: [one, other] };
}

/** Two members that refer to the same are one; otherwise a recursive schema would unfold without end. */
function isSameReference(one: Json, other: Json): boolean {
  if (!isJsonObject(one) || !isJsonObject(other) || one.$ref === undefined) return false;
  return one.$ref === other.$ref && Object.keys(one).length === 1 && Object.keys(other).length === 1;
}

function combine(keyword: string, one: Json, other: Json | undefined): Json | undefined {
  if (other === undefined) return one;
  switch (keyword) {
    case 'type':
      return commonTypes([one].flat(), [other].flat());
    case 'enum':
      return Array.isArray(one) && Array.isArray(other) ? commonValues(one, other) : one;
    case 'required':
      return Array.isArray(one) && Array.isArray(other) ? [...new Set([...one, ...other])] : one;
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return typeof one === 'number' && typeof other === 'number' ? Math.max(one, other) : one;
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return typeof one === 'number' && typeof other === 'number' ? Math.min(one, other) : one;
    case 'items':
    case 'additionalItems':
      return both(one, other);
    default:
      // Words: the outer ones. Limits that cannot be joined: one is asked for, both are validated here.
      return one;
  }
}

function commonTypes(one: readonly Json[], other: readonly Json[]): Json {
  const types = one.flatMap((type): Json[] => {
    if (other.includes(type)) return [type];
    if (type === 'number' && other.includes('integer')) return ['integer'];
    if (type === 'integer' && other.includes('number')) return ['integer'];
    return [];
  });
  const [first] = types;
  return types.length === 1 && first !== undefined ? first : types;
}

function commonValues(one: readonly Json[], other: readonly Json[]): Json {
  const known = new Set(other.map((value) => JSON.stringify(value)));
  return one.filter((value) => known.has(JSON.stringify(value)));
}

/** A key that only one of them names has to satisfy what the other says about keys it does not name. */
function mergeKeys(one: JsonObject, other: JsonObject): [string, Json | undefined][] {
  const [mine, theirs] = [mapOf(one.properties), mapOf(other.properties)];
  const properties = [...new Set([...mine.keys(), ...theirs.keys()])].map((name): [string, Json | undefined] => [
    name,
    both(mine.has(name) ? mine.get(name) : forUnnamed(one), theirs.has(name) ? theirs.get(name) : forUnnamed(other)),
  ]);
  const [myPatterns, theirPatterns] = [mapOf(one.patternProperties), mapOf(other.patternProperties)];
  const patterns = [...new Set([...myPatterns.keys(), ...theirPatterns.keys()])].map(
    (pattern): [string, Json | undefined] => [pattern, both(myPatterns.get(pattern), theirPatterns.get(pattern))],
  );
  const additional = both(one.additionalProperties, other.additionalProperties);
  return [
    ...(properties.length > 0 ? [keyword('properties', Object.fromEntries(properties))] : []),
    ...(patterns.length > 0 ? [keyword('patternProperties', Object.fromEntries(patterns))] : []),
    ...(additional !== undefined ? [keyword('additionalProperties', additional)] : []),
  ];
}

function keyword(name: string, value: Json): [string, Json] {
  return [name, value];
}

/** With patterns in play it depends on the name; it is then left to the validation here. */
function forUnnamed(schema: JsonObject): Json | undefined {
  return schema.patternProperties === undefined ? schema.additionalProperties : undefined;
}

function mapOf(value: Json | undefined): ReadonlyMap<string, Json | undefined> {
  return new Map(isJsonObject(value) ? Object.entries(value) : []);
}

function isTuple(schema: JsonObject): boolean {
  return Array.isArray(schema.items) || Array.isArray(schema.prefixItems);
}
