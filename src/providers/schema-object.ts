import type { JsonObject, JsonSchema } from '../core/json.ts';

/** Without `$schema`, which tells the server nothing and makes LM Studio drop the constraint without a word. */
export function toSchemaObject(schema: JsonSchema): JsonObject {
  if (typeof schema === 'boolean') return schema ? {} : { not: {} };
  const { $schema: _dialect, ...rest } = schema;
  return rest;
}
