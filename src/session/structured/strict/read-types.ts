/** One schema without compositions: its types, and what it says about scalars and single values. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import { allowsAnything, keywordsOfType, limitsIn, numbersOf, silentKeywords, wordsOf } from './keywords.ts';
import { readList } from './read-list.ts';
import { readObject } from './read-object.ts';
import type { Reading } from './read-shape.ts';
import { isStrictPattern, strictFormats, strictKeywords } from './rules.ts';
import { nothing, type ScalarType, type Shape, unionOf, withWords } from './shape.ts';

type Type = keyof typeof strictKeywords;

export function readTypes(schema: JsonObject, at: string, reading: Reading): Shape {
  const { log } = reading;
  if (schema.not !== undefined) {
    if (allowsAnything(schema.not)) return nothing;
    log.leaveOut(at, 'not');
  }
  for (const keyword of silentKeywords) if (schema[keyword] !== undefined) log.drop(keyword);
  const words = wordsOf(schema);
  const types = typesOf(schema);
  if (Array.isArray(schema.enum)) {
    if (types === undefined) log.convert(at, 'the type is added to its values');
    const values = schema.enum.filter((value) => types === undefined || types.some((type) => isOfType(value, type)));
    return unionOf(readValues(values), words);
  }
  if (types !== undefined) {
    const shapes = types.map((type) => readType(type, schema, at, reading));
    return unionOf(shapes, words);
  }
  const assumed = assumedType(schema);
  if (assumed === undefined) {
    return reading.refuse(at, schema.not === undefined ? 'any value' : 'any value but some');
  }
  log.convert(at, `its type is taken to be ${assumed}`);
  return withWords(readType(assumed, schema, at, reading), words);
}

function typesOf(schema: JsonObject): readonly Type[] | undefined {
  if (schema.type === undefined) return undefined;
  const types = [...new Set([schema.type].flat().filter(isType))];
  return types.includes('number') ? types.filter((type) => type !== 'integer') : types;
}

function isType(type: Json): type is Type {
  return typeof type === 'string' && Object.hasOwn(strictKeywords, type);
}

/** Who writes `properties` without `type` means an object. */
function assumedType(schema: JsonObject): keyof typeof keywordsOfType | undefined {
  const types = ['object', 'array', 'string', 'number'] as const;
  return types.find((type) => keywordsOfType[type].some((keyword) => schema[keyword] !== undefined));
}

function readType(type: Type, schema: JsonObject, at: string, reading: Reading): Shape {
  switch (type) {
    case 'object':
      return readObject(schema, at, reading);
    case 'array':
      return readList(schema, at, reading);
    case 'string':
      return readString(schema, at, reading);
    case 'number':
    case 'integer':
      return { kind: 'scalar', type, limits: numbersOf(schema, keywordsOfType.number) };
    case 'boolean':
    case 'null':
      return { kind: 'scalar', type, limits: {} };
    default:
      return type satisfies never;
  }
}

function readString(schema: JsonObject, at: string, { log }: Reading): Shape {
  const { pattern, format } = schema;
  const keepsPattern = typeof pattern === 'string' && isStrictPattern(pattern);
  const keepsFormat = typeof format === 'string' && strictFormats.has(format);
  const lost = [
    ...limitsIn(schema, ['minLength', 'maxLength']),
    ...(keepsPattern ? [] : limitsIn(schema, ['pattern'])),
    ...(keepsFormat ? [] : limitsIn(schema, ['format'])),
  ];
  for (const limit of lost) log.leaveOut(at, limit);
  const limits = { ...(keepsPattern && { pattern }), ...(keepsFormat && { format }) };
  return { kind: 'scalar', type: 'string', limits, lost };
}

/** Values one by one: scalars by their type, and objects and lists that allow nothing else. */
function readValues(values: readonly Json[]): readonly Shape[] {
  const of = (type: string) => values.filter((value) => typeof value === type);
  const [strings, numbers, booleans] = [of('string'), of('number'), of('boolean')];
  const numberType = numbers.every(Number.isInteger) ? 'integer' : 'number';
  return [
    ...(strings.length > 0 ? [valuesOf('string', strings)] : []),
    ...(numbers.length > 0 ? [valuesOf(numberType, numbers)] : []),
    ...(booleans.length > 0 ? [valuesOf('boolean', booleans)] : []),
    ...of('object').map(readValue),
  ];
}

function valuesOf(type: ScalarType, values: readonly Json[]): Shape {
  return { kind: 'values', type, values: [...new Set(values)] };
}

function readValue(value: Json): Shape {
  if (value === null) return { kind: 'scalar', type: 'null', limits: {} };
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([name, member]) => {
      return [name, { shape: readValue(member ?? null), optional: false, nullStays: false }] as const;
    });
    return { kind: 'record', members: new Map(members) };
  }
  if (Array.isArray(value)) {
    return { kind: 'list', leading: value.map(readValue), limits: { minItems: value.length, maxItems: value.length } };
  }
  return unionOf(readValues([value]));
}

function isOfType(value: Json, type: Type): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    default:
      return type satisfies never;
  }
}
