/** `--schema` and `--schema-multi`: found, parsed and compiled before any request, so that a wrong one costs nothing. */

import { ChatError } from '../core/error.ts';
import type { JsonSchema } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import type { WantedItems, WantedSchema } from '../session/structured/index.ts';
import { multiSchema } from './schema-refs.ts';
import { parseSchemaSource, type SchemaPlaces } from './schema-source.ts';

export interface SchemaOptions extends SchemaPlaces {
  /** Many of what the schema describes: `{"items": [...]}`. */
  readonly isMulti: boolean;
  /** The elements of its array are wanted while the answer arrives. */
  readonly streamItems: boolean;
  /** Then nobody wants the whole afterwards. */
  readonly discardItems: boolean;
}

/**
 * @param given  what the flag was given: see parseSchemaSource
 * @throws ChatError 'usage' for what is no schema, and for a schema that cannot be used
 */
export async function wantedSchema(given: string, options: SchemaOptions): Promise<WantedSchema> {
  const { name, schema: one } = await parseSchemaSource(given, options);
  if (one === false) throw new ChatError({ kind: 'usage', what: 'the schema is false: no value satisfies it' });
  const schema = options.isMulti ? multiSchema(one) : one;
  const { compileSchema } = await import('../session/validate.ts');
  const validate = compileSchema(schema).detailed;
  const items = options.streamItems ? await wantedItems(schema, options.discardItems) : undefined;
  return { kind: 'json-schema', name, schema, validate, ...optional('items', items) };
}

async function wantedItems(schema: JsonSchema, discard: boolean): Promise<WantedItems> {
  const { compileAround, compileItems, findItemsPath } = await import('../session/validate.ts');
  const path = findItemsPath(schema);
  const validate = path === undefined ? undefined : compileItems(schema, path);
  if (path !== undefined && validate !== undefined) {
    return { path, validate, ...optional('validateAround', compileAround(schema, path)), discard };
  }
  const what = '--stream-items needs a schema of an array, or of an object with exactly one array';
  throw new ChatError({ kind: 'usage', what, hint: '--schema-multi asks for many of what the schema describes' });
}
