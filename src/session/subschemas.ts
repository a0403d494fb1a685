/** Where a JSON Schema holds further schemas, so that one can be read or rewritten without touching what is data. */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { fragmentStep } from '../core/json-pointer.ts';

/** Keywords by what they hold; the values of all others (`enum`, `default`) are data and stay as they are. */
const schemaKeywords = new Set([
  ...['additionalItems', 'additionalProperties', 'contains', 'contentSchema', 'else', 'if', 'items', 'not'],
  ...['propertyNames', 'then', 'unevaluatedItems', 'unevaluatedProperties'],
]);
const schemaListKeywords = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);
const schemaMapKeywords = new Set([
  ...['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'],
]);
/** Their values are data, whatever they look like. */
const dataKeywords = new Set(['const', 'default', 'enum', 'example', 'examples']);

/**
 * The schema with `change` applied to every schema object in it, the innermost first.
 * @param change  is also given the object as it was
 * @param replace  gives what stands for a schema inside of this one, which is then not looked into
 * @throws RangeError for a schema nested thousands of levels deep, as the next does
 */
export function mapSchemas(
  schema: JsonObject,
  change: (schema: JsonObject, original: JsonObject) => JsonObject,
  replace?: (schema: JsonObject) => JsonObject | undefined,
): JsonObject {
  const mapSchema = (inner: JsonObject): JsonObject => replace?.(inner) ?? mapSchemas(inner, change, replace);
  const mapIfSchema = (value: Json | undefined): Json => (isJsonObject(value) ? mapSchema(value) : (value ?? null));
  const mapMember = (value: Json | undefined, key: string): Json | undefined => {
    if (Array.isArray(value)) return schemaListKeywords.has(key) ? value.map(mapIfSchema) : value;
    if (!isJsonObject(value)) return value;
    if (schemaKeywords.has(key)) return mapSchema(value);
    return schemaMapKeywords.has(key) ? mapValues(value, mapIfSchema) : value;
  };
  return change(mapValues(schema, mapMember), schema);
}

/**
 * The schema with each `$ref` as `rewrite` gives it, also under keywords that no draft knows: a part that is referred
 * to may stand there. What has a `$id` stays as it is: its references start from itself, wherever it stands.
 */
export function rewriteReferences(schema: JsonObject, rewrite: (reference: string) => string): JsonObject {
  const inPart = (value: Json | undefined): Json | undefined => {
    if (Array.isArray(value)) return value.map((item: Json) => inPart(item) ?? null);
    return isJsonObject(value) && typeof value.$id !== 'string' ? mapValues(value, inMember) : value;
  };
  const inMember = (value: Json | undefined, key: string): Json | undefined => {
    if (key === '$ref' && typeof value === 'string') return rewrite(value);
    if (dataKeywords.has(key)) return value;
    return schemaMapKeywords.has(key) && isJsonObject(value) ? mapValues(value, inPart) : inPart(value);
  };
  return mapValues(schema, inMember);
}

/** The schema objects right inside of a schema, each with the steps to it as the end of a JSON pointer. */
export function childSchemas(schema: JsonObject): readonly (readonly [steps: string, child: JsonObject])[] {
  return Object.entries(schema).flatMap(([key, value]) => {
    if (Array.isArray(value)) return schemaListKeywords.has(key) ? objectsIn(key, [...value.entries()]) : [];
    if (!isJsonObject(value)) return [];
    if (schemaKeywords.has(key)) return objectsIn('', [[key, value]]);
    return schemaMapKeywords.has(key) ? objectsIn(key, Object.entries(value)) : [];
  });
}

function objectsIn(
  keyword: string,
  entries: readonly (readonly [string | number, Json | undefined])[],
): readonly (readonly [string, JsonObject])[] {
  const before = keyword === '' ? '' : `/${keyword}`;
  return entries.flatMap(([key, value]) => (isJsonObject(value) ? [[`${before}/${fragmentStep(key)}`, value]] : []));
}

/** fromEntries defines own keys, so a property called __proto__ stays a property. */
function mapValues(object: JsonObject, map: (value: Json | undefined, key: string) => Json | undefined): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]));
}
