/** What can be said of a schema at a glance. */

import { isJsonObject, type Json, type JsonSchema } from '../core/json.ts';
import { type Draft, draftOf } from '../session/schema-draft.ts';
import { dataKeywords, mapKeywords } from './schema-refs.ts';

export interface SchemaFacts {
  /** Which it is read as: what `$schema` names, or what fits. */
  readonly draft: Draft;
  /** What a value is at its root, in words. */
  readonly root: string;
  /** Named anywhere in it. */
  readonly properties: number;
  /** Objects and arrays inside each other; what is referred to counts where it is defined. */
  readonly depth: number;
  readonly characters: number;
}

/** @param schema  one that the validator accepts */
export function schemaFacts(schema: JsonSchema): SchemaFacts {
  return {
    draft: draftOf(schema),
    root: rootOf(schema),
    ...measure(schema, 0),
    characters: JSON.stringify(schema).length,
  };
}

interface Size {
  readonly properties: number;
  readonly depth: number;
}

function measure(value: Json | undefined, depth: number): Size {
  if (Array.isArray(value)) return sum(value.map((item: Json) => measure(item, depth)));
  if (!isJsonObject(value)) return { properties: 0, depth };
  const below = Object.entries(value).map(([key, member]): Size => {
    if (dataKeywords.has(key)) return { properties: 0, depth };
    const inside = nesting.has(key) ? depth + 1 : depth;
    if (!mapKeywords.has(key) || !isJsonObject(member)) return measure(member, inside);
    const named = Object.values(member).map((each) => measure(each, inside));
    return sum([...named, { properties: key === 'properties' ? named.length : 0, depth }]);
  });
  return sum([...below, { properties: 0, depth }]);
}

function sum(sizes: readonly Size[]): Size {
  return sizes.reduce(
    (total, size) => ({
      properties: total.properties + size.properties,
      depth: Math.max(total.depth, size.depth),
    }),
    { properties: 0, depth: 0 },
  );
}

/** Keywords that describe what lies one level further inside the value. */
const nesting: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'contains', 'items', 'patternProperties', 'prefixItems', 'properties'],
]);

function rootOf(schema: JsonSchema): string {
  if (schema === false) return 'nothing at all';
  if (!isJsonObject(schema)) return 'any value';
  const types = [schema.type].flat().filter((type) => typeof type === 'string');
  if (types.length > 0)
    return types.map((type) => (Object.hasOwn(articles, type) ? articles[type] : type)).join(' or ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return `one of ${choices.length} forms`;
  if (schema.const !== undefined || Array.isArray(schema.enum)) return 'one of the values it names';
  if (schema.properties !== undefined || schema.required !== undefined) return 'an object';
  return typeof schema.$ref === 'string' ? `what ${schema.$ref} says` : 'any value';
}

const articles: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};
