import { isJsonObject, type JsonObject } from '../core/json.ts';
import type { Draft } from './schema-draft.ts';

/**
 * What every schema of a draft satisfies, made from the schema of draft-07 schemas, which is also that of the
 * drafts before. The later drafts' own ones say the same in eight files, which take five times as long to compile.
 */
export function schemaOfSchemas(draft07: JsonObject, draft: Draft): JsonObject {
  if (draft !== '2019-09' && draft !== '2020-12') return draft07;
  const schema = { $ref: '#' };
  const schemas = { $ref: '#/definitions/schemaArray' };
  const count = { $ref: '#/definitions/nonNegativeInteger' };
  const names = { $ref: '#/definitions/stringArray' };
  const name = { type: 'string', pattern: '^[A-Za-z_][-A-Za-z0-9._]*$' };
  return {
    ...draft07,
    properties: {
      ...(isJsonObject(draft07.properties) && draft07.properties),
      $defs: { type: 'object', additionalProperties: schema },
      $anchor: name,
      $dynamicRef: { type: 'string' },
      $dynamicAnchor: name,
      dependentSchemas: { type: 'object', additionalProperties: schema },
      dependentRequired: { type: 'object', additionalProperties: names },
      ...(draft === '2020-12' && { items: schema, prefixItems: schemas }),
      minContains: count,
      maxContains: count,
      unevaluatedItems: schema,
      unevaluatedProperties: schema,
    },
  };
}
