/** Whether a schema accepts null: exact, because few keywords look at a null at all. */

import { isJsonObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { References } from './references.ts';

export function createNullTest(references: References): (schema: Json | undefined) => boolean {
  /** A schema that is asked about itself while it is looked at has no answer of its own: no. */
  const known = new Map<object, boolean>();

  return accepts;

  function accepts(schema: Json | undefined): boolean {
    if (!isJsonObject(schema)) return schema !== false;
    const answer = known.get(schema);
    if (answer !== undefined) return answer;
    known.set(schema, false);
    const found = look(schema);
    known.set(schema, found);
    return found;
  }

  function look(schema: JsonObject): boolean {
    const reference = references.read(schema);
    if (reference !== undefined) {
      const target = references.resolve(schema);
      if (target === undefined || !accepts(target)) return false;
      if (references.standAlone) return true;
    }
    const { type, enum: values, not } = schema;
    const listed = (keyword: string) => {
      const list = schema[keyword];
      return Array.isArray(list) ? list : undefined;
    };
    if (type !== undefined && ![type].flat().includes('null') && schema.nullable !== true) return false;
    if (Array.isArray(values) && !values.includes(null)) return false;
    if (schema.const !== undefined && schema.const !== null) return false;
    if (not !== undefined && accepts(not)) return false;
    if (schema.if !== undefined && !accepts(accepts(schema.if) ? schema.then : schema.else)) return false;
    if (listed('allOf')?.every(accepts) === false) return false;
    if (listed('anyOf')?.some(accepts) === false) return false;
    const oneOf = listed('oneOf');
    return oneOf === undefined || oneOf.filter(accepts).length === 1;
  }
}
