/**
 * JSON Schema draft-04 written as draft-07. Where they differ: `id` became `$id`, and `exclusiveMinimum` and
 * `exclusiveMaximum` turned from a flag beside the limit into the limit itself.
 * @see https://json-schema.org/draft-06/json-schema-release-notes
 */

import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../core/json.ts';

export function fromDraft04(schema: JsonSchema): JsonSchema {
  return isJsonObject(schema) ? convertSchema(schema) : schema;
}

/** Keywords by what they hold; the values of all others (`enum`, `default`) are data and stay as they are. */
const schemaKeywords = new Set(['additionalItems', 'additionalProperties', 'items', 'not']);
const schemaListKeywords = new Set(['allOf', 'anyOf', 'items', 'oneOf']);
const schemaMapKeywords = new Set(['definitions', 'dependencies', 'patternProperties', 'properties']);

function convertSchema(schema: JsonObject): JsonObject {
  const entries = Object.entries(schema).map(([key, value]): [string, Json | undefined] => [
    key === 'id' ? '$id' : key,
    convertMember(key, value),
  ]);
  // fromEntries defines own keys, so a property called __proto__ stays a property.
  return withExclusiveLimits(Object.fromEntries(entries));
}

function convertMember(key: string, value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return schemaListKeywords.has(key) ? value.map(convertIfSchema) : value;
  if (!isJsonObject(value)) return value;
  if (schemaKeywords.has(key)) return convertSchema(value);
  if (!schemaMapKeywords.has(key)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, convertIfSchema(member)]));
}

function convertIfSchema(value: Json | undefined): Json {
  return isJsonObject(value) ? convertSchema(value) : (value ?? null);
}

function withExclusiveLimits(schema: JsonObject): JsonObject {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, ...rest } = schema;
  return {
    ...rest,
    ...(minimum === undefined ? {} : { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum === undefined ? {} : { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
  };
}
