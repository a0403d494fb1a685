/** The one array of a schema whose elements are worth having one by one: where it stands, and what is around it. */

import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../core/json.ts';
import { fragmentStep, referredTo } from '../core/json-pointer.ts';

/** A schema inside the schema. */
interface Place {
  /** A JSON pointer into the whole schema, as a URI fragment without `#`. */
  readonly pointer: string;
  readonly schema: JsonObject;
}

/**
 * Where the array is in the values of a schema: `[]` when they are arrays, `[name]` when they are objects with
 * exactly one property that is an array. Local `$ref`s are followed.
 */
export function findItemsPath(schema: JsonSchema): readonly string[] | undefined {
  const root = resolve(schema, { pointer: '', schema });
  if (root === undefined) return undefined;
  if (isArray(root.schema)) return [];
  if (root.schema.type !== undefined && root.schema.type !== 'object') return undefined;
  const names = Object.keys(propertiesOf(root.schema)).filter((name) => arrayAt(schema, [name]) !== undefined);
  return names.length === 1 ? names : undefined;
}

/**
 * The schema of each element of the array at `path`: `true` for any element, or a reference into the whole schema,
 * which is to be known by `wholeId`.
 */
export function schemaOfItems(schema: JsonSchema, path: readonly string[], wholeId: string): JsonSchema | undefined {
  const array = arrayAt(schema, path);
  if (array === undefined || 'prefixItems' in array.schema || Array.isArray(array.schema.items)) return undefined;
  return array.schema.items === undefined ? true : { $ref: `${wholeId}#${array.pointer}/items` };
}

export interface Around {
  /** Of the value with an array of the right length, whatever its elements, in the place of the array. */
  readonly schema: JsonObject;
  /** More elements than these are not told apart. */
  readonly countedUpTo: number;
}

/**
 * It refers to the whole schema by `wholeId`. Undefined when something in the schema compares, counts or chooses by
 * elements.
 */
export function schemaAround(schema: JsonSchema, path: readonly string[], wholeId: string): Around | undefined {
  const array = arrayAt(schema, path);
  if (array === undefined || hasAny(array.schema, [...choosing, ...comparing])) return undefined;
  const length = pick(array.schema, ['type', 'minItems', 'maxItems']);
  const countedUpTo = Math.max(Number(length.minItems ?? 0), Number(length.maxItems ?? 0) + 1);
  const [name] = path;
  if (name === undefined) return { schema: length, countedUpTo };
  const root = resolve(schema, { pointer: '', schema });
  if (root === undefined || hasAny(root.schema, [...choosing, 'patternProperties'])) return undefined;
  // By reference, so that what refers to the whole from there still finds the whole.
  const inRoot = (steps: string): Json => ({ $ref: `${wholeId}#${root.pointer}/${steps}` });
  const others = Object.keys(propertiesOf(root.schema)).filter((other) => other !== name);
  const properties = others.map((other): [string, Json] => [other, inRoot(`properties/${fragmentStep(other)}`)]);
  const rest = Object.keys(pick(root.schema, ['additionalProperties', 'propertyNames', 'unevaluatedProperties']));
  const around = {
    ...pick(root.schema, ['type', 'required', 'minProperties', 'maxProperties', 'dependentRequired']),
    ...Object.fromEntries(rest.map((keyword) => [keyword, inRoot(keyword)])),
    properties: Object.fromEntries([...properties, [name, length]]),
  };
  return { schema: around, countedUpTo };
}

/** Keywords that may look at the elements from elsewhere. */
const choosing = [
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'dependentSchemas', 'dependencies', 'enum', 'const'],
  ...['$ref', '$dynamicRef', '$recursiveRef'],
];
const comparing = ['uniqueItems', 'contains', 'unevaluatedItems', 'prefixItems', 'additionalItems'];

function hasAny(schema: JsonObject, keywords: readonly string[]): boolean {
  return keywords.some(
    (keyword) => schema[keyword] !== undefined && !(keyword === 'uniqueItems' && schema[keyword] === false),
  );
}

function pick(schema: JsonObject, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => keywords.includes(key)));
}

function arrayAt(schema: JsonSchema, path: readonly string[]): Place | undefined {
  let place = resolve(schema, { pointer: '', schema });
  for (const name of path) {
    const properties: JsonObject = place === undefined ? {} : propertiesOf(place.schema);
    if (place === undefined || !Object.hasOwn(properties, name)) return undefined;
    place = resolve(schema, { pointer: `${place.pointer}/properties/${fragmentStep(name)}`, schema: properties[name] });
  }
  return place !== undefined && isArray(place.schema) ? place : undefined;
}

const mostHops = 20;

/** Follows `$ref` where nothing that matters stands beside it. */
function resolve(whole: JsonSchema, start: { pointer: string; schema: Json | undefined }): Place | undefined {
  let { pointer, schema } = start;
  for (let hop = 0; hop < mostHops; hop++) {
    if (!isJsonObject(schema)) return undefined;
    // Another identity changes what the references inside mean.
    if (schema !== whole && (schema.$id !== undefined || schema.id !== undefined)) return undefined;
    const { $ref: reference } = schema;
    if (reference === undefined || Object.keys(schema).some((key) => !besideRef.has(key))) return { pointer, schema };
    if (typeof reference !== 'string') return undefined;
    pointer = reference.slice(1);
    schema = referredTo(whole, reference);
  }
  return undefined;
}

const besideRef = new Set([
  ...[
    '$ref',
    '$schema',
    '$id',
    'id',
    '$defs',
    'definitions',
    '$comment',
    'title',
    'description',
    'default',
    'examples',
  ],
]);

function propertiesOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema.properties) ? schema.properties : {};
}

function isArray(schema: JsonObject): boolean {
  const [type, ...more] = [schema.type].flat();
  return (type === 'array' && more.length === 0) || (type === undefined && schema.items !== undefined);
}
