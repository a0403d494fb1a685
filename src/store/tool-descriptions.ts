/**
 * What tools said about themselves the last time: one JSON value in a file of the state folder. All of it can be
 * asked again, so nothing here is worth a failure or a word.
 */

import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isChatError } from '../core/error.ts';
import { type Json, parseJson } from '../core/json.ts';
import { ensureFolder } from './paths.ts';
import { replaceFile } from './private-file.ts';
import { systemCode } from './storage-error.ts';

export interface ToolDescriptions {
  /** Undefined when there is nothing that can be read. */
  read(): Json | undefined;
  /** Two that write at once: the later one stays, and what the other wrote is asked again. */
  write(value: Json): void;
}

/** @param path  `describedToolsFile` or `describedServersFile` of the paths */
export function openToolDescriptions(path: string): ToolDescriptions {
  return {
    read() {
      try {
        return parseJson(readFileSync(path, 'utf8'));
      } catch (error) {
        if (systemCode(error) === undefined) throw error;
        return undefined;
      }
    },
    write(value) {
      try {
        ensureFolder(dirname(path));
        replaceFile(path, `${JSON.stringify(value)}\n`);
      } catch (error) {
        if (!isChatError(error, 'storage') && systemCode(error) === undefined) throw error;
      }
    },
  };
}
