/** Schemas kept under a name, for `--schema @name`: one JSON file each, in a folder of the settings. */

import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChatError, isChatError } from '../core/error.ts';
import type { JsonSchema } from '../core/json.ts';
import { nearest } from '../core/nearest.ts';
import { isShortName, shortNameRule } from '../core/short-name.ts';
import { ensureFolder, type Paths } from './paths.ts';
import { replaceFile } from './private-file.ts';
import { hasCode, storageError, systemCode } from './storage-error.ts';
import { readTextFile } from './text-file.ts';

/** Of the text of a schema, wherever it is read from. */
export const maxSchemaBytes = 4 * 1024 * 1024;

/** The names, in order; none without a folder. @throws ChatError 'storage' */
export function listSchemas({ schemasDir }: Paths): readonly string[] {
  try {
    return readdirSync(schemasDir)
      .filter((file) => file.endsWith(extension))
      .map((file) => file.slice(0, -extension.length))
      .filter(isShortName)
      .sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw storageError(error, schemasDir, 'could not be read');
  }
}

/**
 * The text as it stands in the file; a person may have edited it.
 * @throws ChatError 'usage' when there is no schema of that name, or it is no text of at most maxSchemaBytes; 'storage'
 */
export function readSavedSchema(paths: Paths, name: string): string {
  const read = (path: string): string => {
    statSync(path);
    return readTextFile(path, { maxBytes: maxSchemaBytes });
  };
  return named(paths, name, read, 'could not be read');
}

/**
 * Replaces one of the same name.
 * @throws ChatError 'usage' for a name that none can have and for a schema too large to be read again, 'storage'
 */
export function saveSchema(paths: Paths, name: string, schema: JsonSchema): void {
  if (!isShortName(name)) {
    throw new ChatError({ kind: 'usage', what: `"${name}" is not a name a schema can have`, hint: shortNameRule });
  }
  const text = `${JSON.stringify(schema, undefined, 2)}\n`;
  if (Buffer.byteLength(text) > maxSchemaBytes) {
    throw new ChatError({ kind: 'usage', what: `the schema is larger than ${maxSchemaBytes} bytes` });
  }
  ensureFolder(paths.schemasDir);
  const path = schemaFile(paths, name);
  try {
    replaceFile(path, text);
  } catch (error) {
    throw systemCode(error) === undefined ? error : storageError(error, path, 'could not be written');
  }
}

/** @throws ChatError 'usage' when there is no schema of that name, 'storage' */
export function removeSchema(paths: Paths, name: string): void {
  named(paths, name, (path) => rmSync(path), 'could not be removed');
}

export function schemaFile({ schemasDir }: Paths, name: string): string {
  return join(schemasDir, `${name}${extension}`);
}

const extension = '.json';

function named<Result>(paths: Paths, name: string, act: (path: string) => Result, doing: string): Result {
  // Also what keeps a name from leading out of the folder.
  if (!isShortName(name)) throw noSuchSchema(paths, name);
  const path = schemaFile(paths, name);
  try {
    return act(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw noSuchSchema(paths, name);
    if (isChatError(error)) throw error;
    throw storageError(error, path, doing);
  }
}

function noSuchSchema(paths: Paths, name: string): ChatError {
  const names = listSchemas(paths);
  const near = nearest(name, names, 3);
  const shown = near.length > 0 ? near : names.slice(0, 10);
  const hint =
    names.length === 0
      ? 'banter schema save NAME SOURCE saves one'
      : `${near.length > 0 ? 'did you mean' : 'there are'} ${shown.map((known) => `@${known}`).join(', ')}`;
  return new ChatError({ kind: 'usage', what: `there is no saved schema "${name}"`, hint });
}
