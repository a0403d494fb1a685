/** Schemas that say nothing but to look at themselves. */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { locate } from './structured/strict/references.ts';

/**
 * Whether judging any value by the schema comes back to judging the same value by the same schema, before anything
 * else is decided: `{"$ref": "#"}`. Such a schema has no valid values, and no invalid ones.
 * @param schema  with all references as pointers from its root: see withLocalRefs
 * @param refStandsAlone  up to draft-07 nothing beside a `$ref` counts
 */
export function isEndless(schema: JsonObject, refStandsAlone: boolean): boolean {
  /** True while what it depends on is looked at, false when that came to an end. */
  const open = new Map<JsonObject, boolean>();
  const comesBack = (at: JsonObject): boolean => {
    const known = open.get(at);
    if (known !== undefined) return known;
    open.set(at, true);
    if (dependsOn(at, schema, refStandsAlone).some(comesBack)) return true;
    open.set(at, false);
    return false;
  };
  return comesBack(schema);
}

/** The schemas that each value has to be judged by before this one is satisfied; not those of one way among others. */
function dependsOn(at: JsonObject, root: JsonObject, refStandsAlone: boolean): readonly JsonObject[] {
  const { $ref, allOf, oneOf, not } = at;
  const target = typeof $ref === 'string' ? locate(root, $ref) : undefined;
  const beside: readonly (Json | undefined)[] =
    refStandsAlone && $ref !== undefined ? [] : [...listOf(allOf), ...listOf(oneOf), not, at.if];
  return [target, ...beside].filter(isJsonObject);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
