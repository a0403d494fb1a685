/** OpenAI's strict subset of JSON Schema: whether a schema already lies in it. Nothing is rewritten here. */

import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/** As of February 2026; earlier limits were 5 levels and 100 properties. */
const limits = { levels: 10, properties: 5000, enumValues: 1000 };

const allowedKeywords = new Set([
  ...['$defs', '$ref', 'additionalProperties', 'anyOf', 'const', 'definitions', 'description', 'enum', 'format'],
  ...['items', 'maxItems', 'maximum', 'minItems', 'minimum', 'multipleOf', 'exclusiveMaximum', 'exclusiveMinimum'],
  ...['pattern', 'properties', 'required', 'title', 'type'],
]);

/** True when `strict: true` will be accepted: closed objects, all keys required, no keyword outside the subset. */
export function isStrictSchema(schema: JsonObject): boolean {
  const count = { properties: 0, enumValues: 0 };
  return (
    schema.type === 'object' &&
    isStrict(schema, 1, count) &&
    count.properties <= limits.properties &&
    count.enumValues <= limits.enumValues
  );
}

function isStrict(schema: Json | undefined, level: number, count: { properties: number; enumValues: number }): boolean {
  if (!isJsonObject(schema) || level > limits.levels) return false;
  if (Object.keys(schema).some((keyword) => !allowedKeywords.has(keyword))) return false;
  // A bare `const` or `enum` is refused: each place says its type, or points to one that does.
  if (schema.type === undefined && schema.anyOf === undefined && schema.$ref === undefined) return false;
  if (Array.isArray(schema.enum)) count.enumValues += schema.enum.length;
  const inner = (value: Json | undefined) => isStrict(value, level + 1, count);
  return (
    isClosed(schema, count) &&
    valuesOf(schema.properties).every(inner) &&
    [...valuesOf(schema.$defs), ...valuesOf(schema.definitions)].every(inner) &&
    (schema.items === undefined ? !includesType(schema, 'array') : inner(schema.items)) &&
    (schema.anyOf === undefined || (Array.isArray(schema.anyOf) && schema.anyOf.every(inner)))
  );
}

function isClosed(schema: JsonObject, count: { properties: number }): boolean {
  if (!includesType(schema, 'object')) return schema.properties === undefined;
  const names = isJsonObject(schema.properties) ? Object.keys(schema.properties) : [];
  count.properties += names.length;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return schema.additionalProperties === false && names.every((name) => required.includes(name));
}

function includesType(schema: JsonObject, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));
}

function valuesOf(value: Json | undefined): (Json | undefined)[] {
  return isJsonObject(value) ? Object.values(value) : [];
}
