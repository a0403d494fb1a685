/** Which draft of JSON Schema a schema is written in, and its text as the validator reads that draft. */

import { ChatError } from '../core/error.ts';
import { isJsonObject, type JsonObject, type JsonSchema } from '../core/json.ts';
import { fromDraft04, fromOpenApi } from './draft-04.ts';
import { withLocalRefs } from './local-refs.ts';
import { reachableSchemas } from './reachable-schemas.ts';
import { mapSchemas } from './subschemas.ts';

export type Draft = '04' | '06' | '07' | '2019-09' | '2020-12';

const draftUrl = /^https?:\/\/json-schema\.org\/(?:draft-(04|06|07)|draft\/(2019-09|2020-12))\/schema#?$/;

/** @throws ChatError kind 'usage' for a `$schema` that names something else */
export function draftOf(schema: JsonSchema): Draft {
  const named = isJsonObject(schema) ? schema.$schema : undefined;
  if (named === undefined) return hasOldTuple(schema) ? '07' : '2020-12';
  const [, old, recent] = draftUrl.exec(String(named)) ?? [];
  // The pattern admits exactly these words.
  const draft = (old ?? recent) as Draft | undefined;
  if (draft !== undefined) return draft;
  throw unusable(
    `its $schema ${JSON.stringify(named)} is not known`,
    'draft-04, draft-06, draft-07, 2019-09 and 2020-12 are',
  );
}

/** Until 2019-09 a tuple was a list under `items`; 2020-12 forbids that. Tool servers seldom name their draft. */
function hasOldTuple(root: JsonSchema): boolean {
  for (const { items } of reachableSchemas(root)) if (Array.isArray(items)) return true;
  return false;
}

/** Draft-04 becomes draft-07; `$schema` goes, since a validator is made for one draft. */
export function toCurrentForm(schema: JsonSchema, draft: Draft): JsonSchema {
  if (!isJsonObject(schema)) return schema;
  const { $schema: _draft, ...rest } = schema;
  const current = draft === '04' ? fromDraft04(rest) : fromOpenApi(rest);
  return mapSchemas(withLocalRefs(current, refStandsAlone(draft)), withProto);
}

/** Up to draft-07 nothing beside a `$ref` counts. */
export function refStandsAlone(draft: Draft): boolean {
  return draft === '04' || draft === '06' || draft === '07';
}

/** ajv passes over a property that is called so; as a pattern it does not. */
function withProto(schema: JsonObject): JsonObject {
  const { properties, patternProperties } = schema;
  if (!isJsonObject(properties) || !Object.hasOwn(properties, '__proto__')) return schema;
  const { ['__proto__']: proto, ...others } = properties;
  const patterns = { ...(isJsonObject(patternProperties) && patternProperties), '^__proto__$': proto };
  return { ...schema, properties: others, patternProperties: patterns };
}

export function unusable(what: string, hint?: string, cause?: unknown): ChatError {
  const sentence = `the schema cannot be used: ${what}`;
  return new ChatError({ kind: 'usage', what: sentence, ...(hint === undefined ? {} : { hint }) }, { cause });
}
