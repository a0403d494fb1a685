/** The text of a schema as a value: JSON, YAML where a file says so by its name, or the short form. */

import { ChatError } from '../core/error.ts';
import { isJsonSchema, type Json, type JsonSchema } from '../core/json.ts';
import { type JsonNode, readJson, toJsonValue } from '../core/json-node.ts';
import { readSchemaDsl } from '../session/structured/dsl.ts';
import type { Document } from './yaml-library.ts';

/**
 * @param label  what the text is called in a complaint: a path, `stdin`
 * @throws ChatError 'usage' for text that is no schema, saying where it goes wrong
 */
export async function parseSchemaDocument(text: string, label: string): Promise<JsonSchema> {
  const bare = text.replace(/^\uFEFF/, '');
  if (/\.ya?ml$/i.test(label)) return toSchema(await parseYaml(bare, label), label);
  if (/\.json$/i.test(label) || looksLikeJson(bare)) return toSchema(parseJsonText(bare, label), label);
  const read = readSchemaDsl(bare);
  if (read.ok) return read.schema;
  throw wrong(`${label} is no schema: as a short form, ${placeOf(bare, read.at)}: ${read.problem}`);
}

/** An object, a boolean, or what is certainly no short form either. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(?:[{["]|(?:true|false|null)\s*$)/.test(text);
}

/** `line 3, column 14`, or for text of one line `character 14`; counted from 1. */
export function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const column = [...(before.at(-1) ?? '')].length + 1;
  return text.trimEnd().includes('\n') ? `line ${before.length}, column ${column}` : `character ${column}`;
}

function parseJsonText(text: string, label: string): Json {
  const read = readJson(text);
  if (!read.ok) throw wrong(`${label} is no JSON: ${placeOf(text, read.at)}: ${read.problem}`);
  if (depthOf(read.node) > maxDepth) throw tooDeep(label);
  return toJsonValue(read.node);
}

async function parseYaml(text: string, label: string): Promise<Json> {
  const { parseDocument } = await import('./yaml-library.ts');
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(label);
  if (error !== undefined) throw wrong(`${label} is no YAML: ${placeOf(text, error.pos[0])}: ${error.message}`);
  return parseJsonText(toJsonText(document, label), label);
}

/** Aliases become copies, and what JSON has no word for (NaN, a date by tag) what JSON makes of it. */
function toJsonText(document: Document, label: string): string {
  try {
    const json: string | undefined = JSON.stringify(document.toJS({ maxAliasCount: maxAliases }));
    return json ?? 'null';
  } catch (error) {
    // Aliases that hold themselves, or each other too often; nesting without end.
    if (error instanceof ReferenceError || error instanceof TypeError) throw wrong(`${label}: ${error.message}`);
    if (error instanceof RangeError) throw tooDeep(label);
    throw error;
  }
}

function toSchema(value: Json, label: string): JsonSchema {
  if (isJsonSchema(value)) return value;
  throw wrong(`${label} is JSON, but no JSON Schema: that is an object`);
}

/** Far more than any schema has; what walks schemas may recurse. */
const maxDepth = 500;
const maxAliases = 10_000;

function depthOf(root: JsonNode): number {
  let level: readonly JsonNode[] = [root];
  let depth = 0;
  for (; level.length > 0; depth++) {
    level = level.flatMap((node) =>
      node.kind === 'object' ? [...node.members.values()] : node.kind === 'array' ? node.items : [],
    );
  }
  return depth;
}

function tooDeep(label: string): ChatError {
  return wrong(`${label} is nested more than ${maxDepth} levels deep`);
}

function wrong(what: string): ChatError {
  return new ChatError({ kind: 'usage', what });
}
