/** Which keywords of a schema say something about a value, and about a value of which type. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';

/** Those that only a value of this type has to heed; the type that is meant where none is named, most telling first. */
export const keywordsOfType = {
  object: [
    ...['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames', 'minProperties'],
    ...['maxProperties', 'dependentRequired', 'dependentSchemas', 'dependencies', 'unevaluatedProperties'],
  ],
  array: [
    ...['items', 'prefixItems', 'additionalItems', 'minItems', 'maxItems', 'uniqueItems', 'contains', 'minContains'],
    ...['maxContains', 'unevaluatedItems'],
  ],
  string: ['pattern', 'format', 'minLength', 'maxLength', 'contentEncoding', 'contentMediaType', 'contentSchema'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const ofAnyType = [
  ...['type', 'enum', 'const', 'not', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'],
  ...['$ref', '$dynamicRef', '$recursiveRef'],
];

const constraints: ReadonlySet<string> = new Set([...ofAnyType, ...Object.values(keywordsOfType).flat()]);

/** Keywords that people read and validators do not. */
export const silentKeywords = ['default', 'examples', 'example', 'contentEncoding', 'contentMediaType'];

export function isConstraint(keyword: string): boolean {
  return constraints.has(keyword);
}

/** True, {}, or only words about the value. */
export function allowsAnything(schema: Json | undefined): boolean {
  return isJsonObject(schema) ? !Object.keys(schema).some(isConstraint) : schema !== false;
}

export function wordsOf(schema: JsonObject): JsonObject | undefined {
  const { title, description } = schema;
  const words = {
    ...(typeof title === 'string' && { title }),
    ...(typeof description === 'string' && { description }),
  };
  return Object.keys(words).length === 0 ? undefined : words;
}

/** `maxLength 20` for each of these keywords that the schema has. */
export function limitsIn(schema: JsonObject, keywords: readonly string[]): readonly string[] {
  return keywords.flatMap((keyword) => {
    const value = schema[keyword];
    if (value === undefined || value === false) return [];
    const isShort = typeof value !== 'object' && String(value).length <= 60;
    return [isShort && value !== true ? `${keyword} ${value}` : keyword];
  });
}

/** Those of these keywords whose value is a number, as it has to be. */
export function numbersOf(schema: JsonObject, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(
    keywords.map((keyword) => [keyword, schema[keyword]]).filter(([, value]) => typeof value === 'number'),
  );
}
