/** The rows a schema promises, so that a file has the same columns each time, also without a row. */

import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../core/json.ts';
import { referredTo } from '../core/json-pointer.ts';

export interface ExpectedRows {
  /** In the order of the schema; empty where it does not say. */
  readonly columns: readonly string[];
  /** The key of the root object whose array holds the rows; absent when the root itself is the array, or the one row. */
  readonly key?: string;
}

export const nothingExpected: ExpectedRows = { columns: [] };

/** As `toRows` finds them in a value: an array at the root, the one array of objects in an object, or the object. */
export function expectedRows(schema: JsonSchema): ExpectedRows {
  const root = resolve(schema, schema);
  if (isArray(root)) return { columns: columnsOf(elementOf(root, schema)) };
  const members = Object.entries(propertiesOf(root)).map(([key, member]) => ({ key, member: resolve(member, schema) }));
  const arrays = members.filter(({ member }) => isArray(member));
  const [only] = arrays;
  if (only === undefined || arrays.length > 1) return { columns: columnsOf(root) };
  const element = elementOf(only.member, schema);
  const holdsRows = members.length === 1 || element?.properties !== undefined;
  return holdsRows ? { columns: columnsOf(element), key: only.key } : { columns: columnsOf(root) };
}

function columnsOf(schema: JsonObject | undefined): readonly string[] {
  if (schema?.properties !== undefined) return Object.keys(propertiesOf(schema));
  const isScalar = ['string', 'number', 'integer', 'boolean'].includes(String(schema?.type));
  return isScalar ? ['value'] : [];
}

function isArray(schema: JsonObject | undefined): boolean {
  return [schema?.type].flat().includes('array');
}

function elementOf(array: JsonObject | undefined, root: JsonSchema): JsonObject | undefined {
  return resolve(array?.items, root);
}

function propertiesOf(schema: JsonObject | undefined): JsonObject {
  return isJsonObject(schema?.properties) ? schema.properties : {};
}

const maxReferences = 20;

/** Follows local references by JSON pointer, as far as they lead. */
function resolve(schema: Json | undefined, root: JsonSchema): JsonObject | undefined {
  let found: Json | undefined = schema;
  for (let followed = 0; followed < maxReferences; followed++) {
    if (!isJsonObject(found)) return undefined;
    const reference = found.$ref;
    if (typeof reference !== 'string') return found;
    found = referredTo(root, reference);
  }
  return undefined;
}
