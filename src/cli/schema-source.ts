/** What `--schema` takes: a file, JSON, the short form, `@name` for a saved one, or `-` for stdin. */

import { statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { ChatError } from '../core/error.ts';
import { isJsonObject, type JsonSchema, nonEmptyString } from '../core/json.ts';
import { readSchemaDsl } from '../session/structured/dsl.ts';
import type { Paths } from '../store/paths.ts';
import { listSchemas, maxSchemaBytes, readSavedSchema, schemaFile } from '../store/schemas.ts';
import { hasCode } from '../store/storage-error.ts';
import { readTextFile } from '../store/text-file.ts';
import { looksLikeJson, parseSchemaDocument, placeOf } from './schema-document.ts';
import { selectSchema } from './schema-refs.ts';

export interface SchemaSource {
  /** For servers: `[a-zA-Z0-9_-]{1,64}`. */
  readonly name: string;
  /** Not compiled yet: whether it is a JSON Schema is the validator's to say. */
  readonly schema: JsonSchema;
  /** For people: the path, `@name`, or what kind of text it was. */
  readonly source: string;
}

export interface SchemaPlaces {
  readonly paths: Paths;
  /** Gives stdin as a whole, for `-`; absent where stdin is taken, or not there. */
  readonly readStdin?: () => Promise<string>;
}

/**
 * Tried in this order: `-`, `@name`, text that begins as JSON does, a file that exists, the short form. A file and
 * a saved schema may be followed by the place inside: `openapi.yaml#/components/schemas/Pet`.
 * @throws ChatError 'usage' for what is none of these, saying what was tried and where it went wrong
 */
export async function parseSchemaSource(given: string, places: SchemaPlaces): Promise<SchemaSource> {
  const text = given.trim();
  if (text === '') throw wrong('the schema is empty', 'a file, JSON, @name, or: name, age int');
  if (text === '-') return fromStdin(places.readStdin);
  if (text.startsWith('@')) return fromSaved(text.slice(1), places.paths);
  if (looksLikeJson(text)) return unnamed(await parseSchemaDocument(text, 'the schema'), 'inline JSON');
  return (await fromFile(text)) ?? fromDsl(text, places.paths);
}

async function fromStdin(readStdin: SchemaPlaces['readStdin']): Promise<SchemaSource> {
  if (readStdin === undefined) throw wrong('the schema is to come from stdin, and nothing does', stdinHint);
  return unnamed(await parseSchemaDocument(await readStdin(), 'stdin'), 'stdin');
}

const stdinHint = 'stdin is a pipe or a file, and the prompt an argument';

async function fromSaved(reference: string, paths: Paths): Promise<SchemaSource> {
  const { path: name, pointer } = splitPointer(reference);
  const document = await parseSchemaDocument(readSavedSchema(paths, name), schemaFile(paths, name));
  return named(pick(document, pointer, `@${name}`), pointer ?? name, `@${reference}`);
}

/** Undefined when there is no such file. */
async function fromFile(text: string): Promise<SchemaSource | undefined> {
  const { path, pointer } = exists(text) ? { path: text, pointer: undefined } : splitPointer(text);
  if (!exists(path)) return undefined;
  const document = await parseSchemaDocument(readTextFile(path, { maxBytes: maxSchemaBytes }), path);
  const schema = pick(document, pointer, path);
  if (pointer === undefined && isNameless(path)) return unnamed(schema, text);
  return named(schema, pointer ?? basename(path, extname(path)), text);
}

/** A pipe (`<(command)` is /dev/fd/63), or stdin by its path. */
function isNameless(path: string): boolean {
  return /^\/(?:dev|proc)\//.test(path) || !statSync(path).isFile();
}

function fromDsl(text: string, paths: Paths): SchemaSource {
  if (looksLikeFile.test(text)) throw wrong(`there is no file ${text}`);
  const read = readSchemaDsl(text);
  // One bare word is more often the name of something that is not there than a schema of one field.
  if (read.ok && /[\s,，:：{[?]/.test(text)) return { name: standardName, schema: read.schema, source: 'short form' };
  const file = `there is no file ${JSON.stringify(text)}`;
  if (!read.ok) throw wrong(`${file}, and as a short form it is wrong: ${placeOf(text, read.at)}: ${read.problem}`);
  const isSaved = listSchemas(paths).includes(text);
  throw wrong(file, isSaved ? `the saved schema is @${text}` : `for a schema of one field: '${text} string'`);
}

/** Not a description that ends with the name of one. */
const looksLikeFile = /^(?!.*:\s).*\.(?:json|ya?ml)(?:#\S*)?$/i;

function pick(document: JsonSchema, pointer: string | undefined, label: string): JsonSchema {
  if (pointer === undefined) return document;
  const schema = selectSchema(document, pointer);
  if (schema === undefined) throw wrong(`${label} has no schema at ${pointer}`);
  return schema;
}

function splitPointer(text: string): { readonly path: string; readonly pointer: string | undefined } {
  const at = text.indexOf('#/');
  return at <= 0 ? { path: text, pointer: undefined } : { path: text.slice(0, at), pointer: text.slice(at + 1) };
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A long short form is no path. What else goes wrong, reading the file says in words.
    return !hasCode(error, 'ENAMETOOLONG');
  }
}

function unnamed(schema: JsonSchema, source: string): SchemaSource {
  const title = isJsonObject(schema) ? nonEmptyString(schema.title) : undefined;
  return named(schema, title ?? standardName, source);
}

function named(schema: JsonSchema, name: string, source: string): SchemaSource {
  return { name: schemaName(name.split('/').at(-1) ?? name), schema, source };
}

const standardName = 'answer';

function schemaName(from: string): string {
  const name = from.replace(/[^a-zA-Z0-9_-]+/g, '_').slice(0, 64);
  return /[a-zA-Z0-9]/.test(name) ? name : standardName;
}

function wrong(what: string, hint?: string): ChatError {
  return new ChatError({ kind: 'usage', what, ...(hint === undefined ? {} : { hint }) });
}
