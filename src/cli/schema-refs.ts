/** Schemas moved: into another schema, or out of a document. What is moved keeps its local references. */

import { isJsonObject, isJsonSchema, type Json, type JsonObject, type JsonSchema } from '../core/json.ts';
import { referredTo } from '../core/json-pointer.ts';
import { rewriteReferences } from '../session/subschemas.ts';

/** `{"items": [...]}`, each element as `schema` says: what `--schema-multi` asks for, in the shape of llm. */
export function multiSchema(schema: JsonSchema): JsonObject {
  if (!isJsonObject(schema)) return listOf(schema);
  const rewrite = (reference: string): string => {
    const stays = reference !== '#' && (!reference.startsWith('#/') || rootKeywords.has(reference.split('/')[1] ?? ''));
    return stays ? reference : `#/properties/items/items${reference.slice(1)}`;
  };
  const moved = Object.entries(rewriteReferences(schema, rewrite));
  const outside = moved.filter(([key]) => rootKeywords.has(key));
  const inside = moved.filter(([key]) => !rootKeywords.has(key));
  return { ...Object.fromEntries(outside), ...listOf(Object.fromEntries(inside)) };
}

/** They speak for the whole document, or hold what is referred to from everywhere in it. */
const rootKeywords: ReadonlySet<string> = new Set(['$schema', '$id', 'id', '$defs', 'definitions']);

function listOf(items: JsonSchema): JsonObject {
  return {
    type: 'object',
    properties: { items: { type: 'array', items } },
    required: ['items'],
    additionalProperties: false,
  };
}

/**
 * The schema at a place of a document (an OpenAPI description, a file of definitions) as one that stands alone:
 * what it refers to in the document comes along under `$defs`. A reference that leads nowhere stays as it is, and
 * so does one to an anchor or to another document: the validator names it.
 * @param pointer  a JSON pointer as in a URL: `/components/schemas/Pet`
 * @returns undefined when there is no schema at that place
 */
export function selectSchema(document: JsonSchema, pointer: string): JsonSchema | undefined {
  const target = schemaAt(document, pointer);
  if (!isJsonObject(target) || isOwnDocument(target)) return target;
  const names = new Map<string, string>();
  const taken = new Set(isJsonObject(target.$defs) ? Object.keys(target.$defs) : []);
  const pending: string[] = [];
  const rewrite = (reference: string): string => {
    const place = reference.slice(1);
    if (!/^#(?:\/|$)/.test(reference) || schemaAt(document, place) === undefined) return reference;
    if (place === pointer) return '#';
    let name = names.get(place);
    if (name === undefined) {
      name = freeName(place, taken);
      names.set(place, name);
      taken.add(name);
      pending.push(place);
    }
    return `#/$defs/${name}`;
  };

  const { $defs, ...rest } = rewriteReferences(target, rewrite);
  const found: [string, JsonSchema][] = [];
  for (let place = pending.shift(); place !== undefined; place = pending.shift()) {
    const part = schemaAt(document, place) ?? true;
    const isMoved = isJsonObject(part) && !isOwnDocument(part);
    found.push([names.get(place) ?? '', isMoved ? rewriteReferences(part, rewrite) : part]);
  }
  const definitions = { ...(isJsonObject($defs) ? $defs : {}), ...Object.fromEntries(found) };
  const draft = rest.$schema ?? draftOfDocument(document);
  return {
    ...(draft === undefined ? {} : { $schema: draft }),
    ...rest,
    ...(Object.keys(definitions).length === 0 ? {} : { $defs: definitions }),
  };
}

/** OpenAPI up to 3.0 has the keywords of draft-04 (`exclusiveMinimum` as a flag), from 3.1 on those of 2020-12. */
function draftOfDocument(document: JsonSchema): Json | undefined {
  if (!isJsonObject(document)) return undefined;
  const isOld = document.swagger !== undefined || /^3\.0\b/.test(String(document.openapi));
  return isOld ? 'http://json-schema.org/draft-04/schema#' : document.$schema;
}

function freeName(place: string, taken: ReadonlySet<string>): string {
  const last = place.split('/').at(-1) ?? '';
  // The name stands in a pointer: nothing in it may need escaping there.
  const name = last.replace(/[^a-zA-Z0-9_.-]+/g, '_') || 'root';
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`)) n += 1;
  return `${name}_${n}`;
}

function schemaAt(document: JsonSchema, pointer: string): JsonSchema | undefined {
  const target = referredTo(document, `#${pointer}`);
  return isJsonSchema(target) ? target : undefined;
}

/** Its references start from itself, wherever it is moved. */
function isOwnDocument(schema: JsonObject): boolean {
  return typeof schema.$id === 'string';
}
