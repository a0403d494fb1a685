/**
 * Any JSON Schema, as a rung of the ladder takes it, and the way back: the answer to the schema that was sent as an
 * answer to the one that was asked for. What is left out on the way is still validated here afterwards.
 */

import { isChatError } from '../../core/error.ts';
import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../../core/json.ts';
import type { JsonNode } from '../../core/json-node.ts';
import type { Rung } from '../../core/response-format.ts';
import { dropDraft, toObjectSchema } from './adapt-object.ts';
import { restoreAnswer, restoreShape, unwrap } from './restore.ts';
import { readShape } from './strict/read-shape.ts';
import { createRewriteLog, type RewriteLog, shorten } from './strict/rewrite-log.ts';
import { strictProblems } from './strict/rules.ts';
import { branchesOf, follow, isNull, nothing, type Shape } from './strict/shape.ts';
import { isWrapped, wrapperKey, writeShape } from './strict/write-shape.ts';

export type AdaptedSchema =
  | {
      readonly ok: true;
      readonly schema: JsonSchema;
      /** It lies in the strict subset. */
      readonly strict: boolean;
      /** What is written otherwise than in the original, in words for a person; at most 12 lines. */
      readonly changes: readonly string[];
      /** An answer to the schema sent, as an answer to the original; one of another form is left as it is. */
      readonly restore: (node: JsonNode) => JsonNode;
      /** Where an array of the original is in answers to the schema sent; undefined when that cannot be told. */
      readonly itemsIn: (path: readonly string[]) => ItemsPlace | undefined;
    }
  /** What cannot be expressed, by place and name: `/extra` with any value; at most 12 lines. */
  | { readonly ok: false; readonly reasons: readonly string[] };

export interface ItemsPlace {
  readonly path: readonly string[];
  /** Of one element. */
  readonly restore: (node: JsonNode) => JsonNode;
}

/**
 * @param schema  one that the validator accepts; any other is adapted or refused as well as may be
 * @param form  what the rung asks for; 'any' is never refused
 */
export function adaptSchema(schema: JsonSchema, form: Rung['schema']): AdaptedSchema {
  switch (form) {
    case 'any':
      return unchanged(dropDraft(schema), false);
    case 'object':
      return adaptToObject(schema);
    case 'strict':
      return adaptToStrict(schema);
    case 'strict-or-object': {
      const strict = adaptToStrict(schema);
      if (strict.ok) return strict;
      const object = adaptToObject(schema);
      return object.ok
        ? { ...object, changes: shorten([...strict.reasons.map(notStrict), ...object.changes]) }
        : object;
    }
    default:
      return form satisfies never;
  }
}

function notStrict(reason: string): string {
  return `not strict: ${reason}`;
}

const tooDeep: AdaptedSchema = { ok: false, reasons: ['/: the schema is nested more than 500 levels deep'] };

function adaptToObject(schema: JsonSchema): AdaptedSchema {
  if (isDeeperThan(500, schema)) return tooDeep;
  const { schema: sent, wrapped, changes } = toObjectSchema(dropDraft(schema));
  if (!wrapped) return { ...unchanged(sent, false), changes };
  const itemsIn = (path: readonly string[]) => ({ path: [wrapperKey, ...path], restore: same });
  return { ok: true, schema: sent, strict: false, changes, restore: unwrap, itemsIn };
}

function adaptToStrict(schema: JsonSchema): AdaptedSchema {
  if (isDeeperThan(500, schema)) return tooDeep;
  if (!isJsonObject(schema)) return { ok: false, reasons: [`/: ${schema ? 'any value' : 'no value at all'}`] };
  const asItIs = dropDraft(schema);
  if (strictProblems(asItIs).length === 0) return unchanged(asItIs, true);

  const log = createRewriteLog();
  const root = readOrRefuse(schema, log);
  const reasons = log.reasons();
  if (reasons.length > 0) return { ok: false, reasons };
  if (root.kind === 'nothing') return { ok: false, reasons: ['/: no value at all'] };
  const written = writeShape(root);
  const problems = strictProblems(written);
  if (problems.length > 0) return { ok: false, reasons: shorten(problems) };
  return {
    ok: true,
    schema: written,
    strict: true,
    changes: isWrapped(root)
      ? shorten([...log.changes(), `/: wrapped in an object, under ${wrapperKey}`])
      : log.changes(),
    restore: (node) => restoreAnswer(root, node),
    itemsIn: (path) => itemsOf(root, path),
  };
}

/** A draft that is not known is one more thing that cannot be expressed. */
function readOrRefuse(schema: JsonObject, log: RewriteLog): Shape {
  try {
    return readShape(schema, log);
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    log.refuse('', error.message);
    return nothing;
  }
}

function itemsOf(root: Shape, path: readonly string[]): ItemsPlace | undefined {
  const [name, ...deeper] = path;
  if (deeper.length > 0) return undefined;
  const whole = follow(root);
  const list = name === undefined ? whole : whole.kind === 'record' ? whole.members.get(name)?.shape : undefined;
  const [only, ...others] = list === undefined ? [] : branchesOf(list).filter((branch) => !isNull(branch));
  if (only?.kind !== 'list' || others.length > 0 || only.leading.length > 0 || only.items === undefined)
    return undefined;
  const { items } = only;
  return { path: name === undefined ? [wrapperKey] : [name], restore: (node) => restoreShape(items, node) };
}

function unchanged(schema: JsonObject, strict: boolean): Extract<AdaptedSchema, { ok: true }> {
  return { ok: true, schema, strict, changes: [], restore: same, itemsIn: (path) => ({ path, restore: same }) };
}

function same(node: JsonNode): JsonNode {
  return node;
}

function isDeeperThan(limit: number, value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(limit - 1, member));
}
