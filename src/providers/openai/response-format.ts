/** A JSON Schema for the answer, in the shape each server takes it; see SchemaForm. */

import type { JsonObject } from '../../core/json.ts';
import type { ResponseFormat } from '../../core/provider.ts';
import { toSchemaObject } from '../schema-object.ts';
import type { SchemaForm } from './dialect.ts';
import { isStrictSchema } from './strict-schema.ts';

/** undefined: nothing is sent under `response_format`. */
export function toResponseFormat(format: ResponseFormat, form: SchemaForm): JsonObject | undefined {
  const schema = toSchemaObject(format.schema);
  switch (form) {
    case 'openai':
      return { type: 'json_schema', json_schema: { name: toName(format.name), schema, ...strictness(schema) } };
    case 'value':
      // `json_schema` is a later alias of the same (router/src/lib.rs, GrammarType).
      return { type: 'json_object', value: schema };
    case 'schema-on-top':
      return { type: 'json_schema', schema };
    case 'any-object':
      return schema.type === 'object' ? { type: 'json_object' } : undefined;
    case 'in-words':
      return undefined;
  }
}

/** Whether the server holds the model to the schema; otherwise the model has to be told it. */
export function isEnforced(form: SchemaForm): boolean {
  return form !== 'any-object' && form !== 'in-words';
}

function toName(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer';
}

function strictness(schema: JsonObject): JsonObject {
  return isStrictSchema(schema) ? { strict: true } : {};
}
