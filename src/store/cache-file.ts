/** A file that may be lost: all in it can be found out again, so nothing here is worth a failure or a word. */

import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isChatError } from '../core/error.ts';
import { type Json, parseJson } from '../core/json.ts';
import { ensureFolder } from './paths.ts';
import { replaceFile } from './private-file.ts';
import { systemCode } from './storage-error.ts';

/** @returns undefined when there is nothing that can be read */
export function readCache(path: string): Json | undefined {
  try {
    return parseJson(readFileSync(path, 'utf8'));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Two that write at once: the later one stays, and what the other wrote is found out again. */
export function writeCache(path: string, text: string): void {
  try {
    ensureFolder(dirname(path));
    replaceFile(path, text);
  } catch (error) {
    if (!isChatError(error, 'storage') && systemCode(error) === undefined) throw error;
  }
}
