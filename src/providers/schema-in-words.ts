import type { ResponseFormat } from '../core/provider.ts';
import { toSchemaObject } from './schema-object.ts';

/** What the model has to be told where the server does not hold it to the schema. DeepSeek wants to read "JSON". */
export function schemaInWords({ schema }: ResponseFormat): string {
  const words = JSON.stringify(toSchemaObject(schema));
  return `Answer with one JSON value that satisfies this JSON Schema, and nothing else:\n${words}`;
}
