/** `--schema FILE`: read, parsed and compiled before any request, so that a wrong schema costs nothing. */

import { basename, extname } from 'node:path';
import { ChatError } from '../core/error.ts';
import { isJsonObject, type JsonSchema, parseJson } from '../core/json.ts';
import type { StructuredOutput } from '../session/structured/index.ts';
import { readTextFile } from '../store/text-file.ts';

const maxBytes = 4 * 1024 * 1024;

/** @throws ChatError 'usage' for a file that cannot be read, is no JSON, or is no JSON Schema */
export async function loadSchema(path: string, retries: number): Promise<StructuredOutput> {
  const schema = parseSchema(readTextFile(path, { maxBytes }), path);
  const { compileSchema } = await import('../session/validate.ts');
  return { name: schemaName(path), schema, validate: compileSchema(schema), retries };
}

function parseSchema(text: string, path: string): JsonSchema {
  const value = parseJson(text.replace(/^\uFEFF/, ''));
  if (isJsonObject(value) || typeof value === 'boolean') return value;
  throw new ChatError({
    kind: 'usage',
    what: value === undefined ? `${path} is no JSON` : `${path} is JSON, but no JSON Schema: that is an object`,
  });
}

/** What servers accept as the name of a schema: `[a-zA-Z0-9_-]{1,64}`. */
function schemaName(path: string): string {
  const name = basename(path, extname(path))
    .replace(/[^a-zA-Z0-9_-]+/g, '_')
    .slice(0, 64);
  return /[a-zA-Z0-9]/.test(name) ? name : 'answer';
}
