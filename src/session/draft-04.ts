/**
 * JSON Schema draft-04 written as draft-07, and what OpenAPI 3.0, which is built on draft-04, adds to it.
 * Where the drafts differ: `id` became `$id`, and `exclusiveMinimum` and `exclusiveMaximum` turned from a flag beside
 * the limit into the limit itself. OpenAPI says `nullable: true` beside `type` where JSON Schema lists "null" in it;
 * without a `type` beside it, it means nothing (OpenAPI 3.0.3, "nullable").
 * @see https://json-schema.org/draft-06/json-schema-release-notes
 */

import type { JsonObject } from '../core/json.ts';
import { mapSchemas } from './subschemas.ts';

export function fromDraft04(schema: JsonObject): JsonObject {
  return mapSchemas(fromOpenApi(schema), ({ id, ...rest }) => (id === undefined ? rest : { $id: id, ...rest }));
}

/** For schemas of any draft: only what can be nothing else is changed. */
export function fromOpenApi(schema: JsonObject): JsonObject {
  return mapSchemas(schema, (part) => withNull(withLimits(part)));
}

function withLimits(schema: JsonObject): JsonObject {
  return withLimit(withLimit(schema, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum');
}

function withLimit(schema: JsonObject, inclusive: string, exclusive: string): JsonObject {
  if (typeof schema[exclusive] !== 'boolean') return schema;
  const { [inclusive]: limit, [exclusive]: isExclusive, ...rest } = schema;
  return limit === undefined ? rest : { ...rest, [isExclusive === true ? exclusive : inclusive]: limit };
}

function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (nullable === undefined) return schema;
  if (nullable !== true || rest.type === undefined) return rest;
  const types = [rest.type].flat();
  return { ...rest, type: types.includes('null') ? types : [...types, 'null'] };
}
