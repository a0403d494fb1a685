/** Any schema with an object at its root, and otherwise as it is: for servers that take no other root. */

import { isJsonObject, type JsonObject, type JsonSchema } from '../../core/json.ts';
import { rewriteReferences } from '../subschemas.ts';
import { isConstraint } from './strict/keywords.ts';
import { locate } from './strict/references.ts';
import { wrapperKey } from './strict/write-shape.ts';

export interface ObjectSchema {
  readonly schema: JsonObject;
  readonly wrapped: boolean;
  readonly changes: readonly string[];
}

export function toObjectSchema(schema: JsonObject): ObjectSchema {
  const { root, changes } = inlineRoot(schema);
  if (isPlainObject(root)) return { schema: root, wrapped: false, changes };
  if (root.type === undefined && isJsonObject(root.properties) && !isComposed(root)) {
    return {
      schema: { type: 'object', ...root },
      wrapped: false,
      changes: [...changes, '/: its type is taken to be object'],
    };
  }
  return { schema: wrap(schema), wrapped: true, changes: [`/: wrapped in an object, under ${wrapperKey}`] };
}

/** `{"$ref": "#/definitions/Config", "definitions": …}`, as generators write it, is the definition itself. */
function inlineRoot(schema: JsonObject): { readonly root: JsonObject; readonly changes: readonly string[] } {
  const { $ref: reference, ...rest } = schema;
  const asItIs = { root: schema, changes: [] };
  if (typeof reference !== 'string' || Object.keys(rest).some(isConstraint)) return asItIs;
  const target = locate(schema, reference);
  // Definitions or a name of its own would change what the references inside mean.
  if (!isJsonObject(target) || ['$id', ...lifted].some((keyword) => target[keyword] !== undefined)) return asItIs;
  return { root: { ...rest, ...target }, changes: [`/: $ref ${JSON.stringify(reference)} is put in its place`] };
}

function isPlainObject(schema: JsonObject): boolean {
  return schema.type === 'object' && schema.nullable !== true && !isComposed(schema);
}

/** OpenAI refuses these at the root of a tool's parameters. */
function isComposed(schema: JsonObject): boolean {
  return Object.keys(schema).some(isComposing);
}

function isComposing(keyword: string): boolean {
  return ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'enum', 'const', '$dynamicRef', '$recursiveRef'].includes(keyword);
}

const lifted = ['$defs', 'definitions'];

function wrap(schema: JsonObject): JsonObject {
  // References inside a schema with a name of its own start at that name, wherever it stands.
  if (typeof schema.$id === 'string') return wrapper(schema, {});
  const root = Object.entries(rewriteReferences(schema, moveReference));
  const inner = Object.fromEntries(root.filter(([keyword]) => !lifted.includes(keyword)));
  const definitions = Object.fromEntries(root.filter(([keyword]) => lifted.includes(keyword)));
  return wrapper(inner, definitions);
}

function wrapper(inner: JsonObject, definitions: JsonObject): JsonObject {
  const properties = { [wrapperKey]: inner };
  return { type: 'object', properties, required: [wrapperKey], additionalProperties: false, ...definitions };
}

function moveReference(reference: string): string {
  if (reference !== '#' && !reference.startsWith('#/')) return reference;
  if (lifted.some((keyword) => reference.startsWith(`#/${keyword}/`))) return reference;
  return `#/properties/${wrapperKey}${reference.slice(1)}`;
}

export function dropDraft(schema: JsonSchema): JsonObject {
  if (!isJsonObject(schema)) return schema ? {} : { not: {} };
  const { $schema: _draft, ...rest } = schema;
  return rest;
}
