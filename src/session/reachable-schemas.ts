import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../core/json.ts';
import { referredTo } from '../core/json-pointer.ts';
import { childSchemas } from './subschemas.ts';

/** Each schema object that a value may be held to, once: what data says (`enum`, `examples`) is none. */
export function* reachableSchemas(root: JsonSchema): Generator<JsonObject> {
  const seen = new Set<JsonObject>();
  const waiting: Json[] = [root];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (!isJsonObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    yield schema;
    for (const [, child] of childSchemas(schema)) waiting.push(child);
    // A part that is referred to may stand where no keyword holds schemas.
    if (typeof schema.$ref === 'string') waiting.push(referredTo(root, schema.$ref) ?? true);
  }
}
