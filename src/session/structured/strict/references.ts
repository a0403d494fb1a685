/** Where the references of a schema lead: JSON pointers inside its own document. Nothing is loaded from elsewhere. */

import { isJsonObject, isJsonSchema, type Json, type JsonObject, type JsonSchema } from '../../../core/json.ts';
import { referredTo } from '../../../core/json-pointer.ts';
import { fromDraft04 } from '../../draft-04.ts';
import { withLocalRefs } from '../../local-refs.ts';
import { type Draft, refStandsAlone } from '../../schema-draft.ts';

export interface References {
  /** The reference of a schema, whatever keyword holds it. */
  readonly read: (schema: JsonObject) => string | undefined;
  /** @param holder  the schema with the reference; undefined: it leads nowhere in this document */
  readonly resolve: (holder: JsonObject) => JsonSchema | undefined;
  /** The schema stands in the document, and was not put together from parts of it. */
  readonly isWritten: (schema: JsonObject) => boolean;
  /** Up to draft-07 what stands beside a `$ref` does not count. */
  readonly standAlone: boolean;
}

/** @param document  with all references as pointers from its root: see withPointers */
export function createReferences(document: JsonObject, draft: Draft): References {
  const written = objectsIn(document);
  /** A reference is asked about from several sides. */
  const found = new Map<JsonObject, JsonSchema | undefined>();
  return {
    standAlone: refStandsAlone(draft),
    isWritten: (schema) => written.has(schema),
    read: readReference,
    resolve(holder) {
      if (!found.has(holder)) found.set(holder, locate(document, readReference(holder) ?? ''));
      return found.get(holder);
    },
  };
}

/** Anchors and names of parts (`$id`) are rare; rewriting a large schema for nothing takes a while. */
export function withPointers(schema: JsonObject, draft: Draft): JsonObject {
  const hasNames = /"(?:\$?id|\$anchor|\$dynamicRef|\$recursiveRef)":"/.test(JSON.stringify(schema));
  if (!hasNames) return schema;
  return withLocalRefs(draft === '04' ? fromDraft04(schema) : schema, refStandsAlone(draft));
}

function readReference({ $ref, $dynamicRef, $recursiveRef }: JsonObject): string | undefined {
  if (typeof $ref === 'string') return $ref;
  if (typeof $dynamicRef === 'string') return $dynamicRef;
  return typeof $recursiveRef === 'string' ? $recursiveRef : undefined;
}

function objectsIn(document: JsonObject): ReadonlySet<JsonObject> {
  const found = new Set<JsonObject>();
  const open: Json[] = [document];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isJsonObject(next)) found.add(next);
    if (typeof next !== 'object' || next === null) continue;
    for (const member of Object.values(next)) if (typeof member === 'object' && member !== null) open.push(member);
  }
  return found;
}

/** @param reference  `#/$defs/name`, or `#` for all of it */
export function locate(document: JsonObject, reference: string): JsonSchema | undefined {
  const target = referredTo(document, reference);
  return isJsonSchema(target) ? target : undefined;
}
