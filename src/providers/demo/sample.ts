/** A value that satisfies a JSON Schema, as plain as possible: the demo's structured output. */

import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../../core/json.ts';
import { referredTo } from '../../core/json-pointer.ts';
import { sampleOfPattern } from './sample-pattern.ts';

/** Optional properties are filled down to this level; below it only what is required, so that recursion ends. */
const fullLevels = 4;
const maxLevels = 40;
/** Of what a schema asks for in a string or a map: enough to satisfy it, unless it means harm. */
const maxCount = 10_000;
/** A schema that branches and repeats itself could ask for any number of values. */
const maxValues = 5000;

interface Place {
  readonly root: JsonSchema;
  readonly level: number;
  /** The property or item this is, for readable strings and distinct items. */
  readonly name: string;
  readonly index: number;
  /** Shared by all places of one sample. */
  readonly budget: { values: number };
}

/**
 * Deterministic. Covers types, const, enum, required, local `$ref`, anyOf/oneOf (the first), allOf (merged), limits,
 * common formats and simple patterns; `not`, `if` and dependencies are not looked at.
 */
export function sampleValue(schema: JsonSchema): Json {
  return sample(schema, { root: schema, level: 0, name: 'value', index: 0, budget: { values: maxValues } });
}

function sample(schema: Json | undefined, place: Place): Json {
  if (place.level > maxLevels || place.budget.values-- <= 0) return null;
  if (!isJsonObject(schema)) return `sample ${place.name}`;
  const whole = resolve(schema, place);
  if (whole.const !== undefined) return whole.const;
  if (Array.isArray(whole.enum) && whole.enum.length > 0) return whole.enum[place.index % whole.enum.length] as Json;
  const branch = chooseBranch(whole, place);
  if (branch !== undefined) {
    const { anyOf: _anyOf, oneOf: _oneOf, ...rest } = whole;
    return sample(merge(rest, branch), { ...place, level: place.level + 1 });
  }
  switch (typeOf(whole)) {
    case 'object':
      return sampleObject(whole, place);
    case 'array':
      return sampleArray(whole, place);
    case 'number':
    case 'integer':
      return sampleNumber(whole, place.index);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampleString(whole, place);
  }
}

/** The first of anyOf or oneOf; deep down one without a reference, where there is one, so that recursion ends. */
function chooseBranch({ anyOf, oneOf }: JsonObject, { level }: Place): JsonObject | undefined {
  const branches = [...toList(anyOf), ...toList(oneOf)].filter(isJsonObject);
  const ending = level < fullLevels ? undefined : branches.find(({ $ref }) => $ref === undefined);
  return ending ?? branches[0];
}

/** Follows local references and merges allOf. */
function resolve(schema: JsonObject, place: Place): JsonObject {
  let whole = schema;
  for (let step = 0; step < maxLevels; step++) {
    const { $ref, allOf, ...rest } = whole;
    if (typeof $ref === 'string')
      whole = merge({ ...rest, ...(allOf !== undefined && { allOf }) }, lookUp(place.root, $ref));
    else if (Array.isArray(allOf)) whole = allOf.filter(isJsonObject).reduce(merge, rest);
    else break;
  }
  return whole;
}

function merge(first: JsonObject, second: JsonObject): JsonObject {
  const both = (key: string, join: (a: Json, b: Json) => Json): JsonObject => {
    const [a, b] = [first[key], second[key]];
    return a === undefined || b === undefined ? {} : { [key]: join(a, b) };
  };
  return {
    ...first,
    ...second,
    ...both('properties', (a, b) => (isJsonObject(a) && isJsonObject(b) ? { ...a, ...b } : b)),
    ...both('required', (a, b) => [...toList(a), ...toList(b)]),
    ...both('allOf', (a, b) => [...toList(a), ...toList(b)]),
  };
}

function lookUp(root: JsonSchema, reference: string): JsonObject {
  const found = referredTo(root, reference);
  return isJsonObject(found) ? found : {};
}

function typeOf(schema: JsonObject): string {
  const types = toList(schema.type);
  const given = types.find((type) => type !== 'null') ?? types[0];
  if (typeof given === 'string') return given;
  const has = (...keys: string[]) => keys.some((key) => schema[key] !== undefined);
  if (has('properties', 'required', 'additionalProperties', 'minProperties')) return 'object';
  if (has('items', 'prefixItems', 'minItems')) return 'array';
  if (has('minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum')) return 'number';
  return 'string';
}

function sampleObject(schema: JsonObject, place: Place): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = toList(schema.required).filter((name) => typeof name === 'string');
  const optional = place.level < fullLevels ? Object.keys(properties).filter((name) => properties[name] !== false) : [];
  const wanted = new Set([...optional, ...required]);
  for (let n = 1; wanted.size < Math.min(numberOf(schema.minProperties, 0), maxCount); n++) wanted.add(`key${n}`);
  const entries = [...wanted].map((name) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
    return [name, sample(inner, { ...place, level: place.level + 1, name, index: place.index })] as const;
  });
  return Object.fromEntries(entries);
}

function sampleArray(schema: JsonObject, place: Place): Json {
  const first = toList(schema.prefixItems);
  const isOptional = place.level >= fullLevels || schema.items === false;
  const wanted = Math.max(numberOf(schema.minItems, isOptional ? 0 : 1), first.length);
  const count = Math.min(wanted, numberOf(schema.maxItems, Number.POSITIVE_INFINITY), 1000);
  return Array.from({ length: count }, (_, index) =>
    sample(first[index] ?? schema.items, { ...place, level: place.level + 1, index }),
  );
}

function sampleNumber(schema: JsonObject, index: number): number {
  const step = numberOf(schema.multipleOf, typeOf(schema) === 'integer' ? 1 : 0.5);
  const isAbove = typeof schema.exclusiveMinimum === 'number' || schema.exclusiveMinimum === true;
  const isBelow = typeof schema.exclusiveMaximum === 'number' || schema.exclusiveMaximum === true;
  const low = isAbove
    ? numberOf(schema.exclusiveMinimum, numberOf(schema.minimum, 0))
    : numberOf(schema.minimum, Number.NEGATIVE_INFINITY);
  const high = isBelow
    ? numberOf(schema.exclusiveMaximum, numberOf(schema.maximum, 0))
    : numberOf(schema.maximum, Number.POSITIVE_INFINITY);
  const fits = (value: number) => (isAbove ? value > low : value >= low) && (isBelow ? value < high : value <= high);
  const start =
    low > Number.NEGATIVE_INFINITY
      ? Math.ceil(low / step)
      : high < 1
        ? Math.floor(high / step) - index
        : Math.ceil(1 / step);
  const values = [0, 1].map((more) => (start + index + more) * step);
  const isBetween = low > Number.NEGATIVE_INFINITY && high < Number.POSITIVE_INFINITY;
  return values.find(fits) ?? (isBetween ? (low + high) / 2 : low);
}

const byFormat: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  time: '09:30:00Z',
  'date-time': '2026-01-31T09:30:00Z',
  duration: 'P1D',
  email: 'sample@example.com',
  'idn-email': 'sample@example.com',
  hostname: 'example.com',
  'idn-hostname': 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  iri: 'https://example.com/',
  'uri-reference': '/sample',
  'iri-reference': '/sample',
  'uri-template': '/sample/{id}',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  'json-pointer': '/sample',
  'relative-json-pointer': '0/sample',
  regex: '^sample$',
};

function sampleString(schema: JsonObject, { name, index }: Place): string {
  if (typeof schema.pattern === 'string') {
    const matching = sampleOfPattern(schema.pattern, numberOf(schema.minLength, 0));
    if (matching !== undefined) return matching;
  }
  const format =
    typeof schema.format === 'string' && Object.hasOwn(byFormat, schema.format) ? byFormat[schema.format] : undefined;
  if (format !== undefined) return format;
  const words = index === 0 ? `sample ${name}` : `sample ${name} ${index + 1}`;
  const characters = [...words.padEnd(Math.min(numberOf(schema.minLength, 0), maxCount), '.')];
  return characters.slice(0, numberOf(schema.maxLength, characters.length)).join('');
}

function numberOf(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function toList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
