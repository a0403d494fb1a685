/** What can be said of a schema at a glance. */

import { isJsonObject, type JsonSchema } from '../core/json.ts';
import { type Draft, draftOf } from '../session/schema-draft.ts';
import { childSchemas } from '../session/subschemas.ts';

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

function measure(schema: JsonSchema, depth: number): Size {
  if (!isJsonObject(schema)) return { properties: 0, depth };
  const inside = childSchemas(schema).map(([steps, child]) => {
    const [, keyword = ''] = steps.split('/');
    return measure(child, nesting.has(keyword) ? depth + 1 : depth);
  });
  const named = isJsonObject(schema.properties) ? Object.keys(schema.properties).length : 0;
  return {
    properties: inside.reduce((total, { properties }) => total + properties, named),
    depth: Math.max(depth, ...inside.map((size) => size.depth)),
  };
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
