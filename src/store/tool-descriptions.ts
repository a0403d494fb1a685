/** What tools said about themselves the last time: one JSON value in a file of the state folder. */

import type { Json } from '../core/json.ts';
import { readCache, writeCache } from './cache-file.ts';

export interface ToolDescriptions {
  /** Undefined when there is nothing that can be read. */
  read(): Json | undefined;
  write(value: Json): void;
}

/** @param path  `describedToolsFile` or `describedServersFile` of the paths */
export function openToolDescriptions(path: string): ToolDescriptions {
  return { read: () => readCache(path), write: (value) => writeCache(path, `${JSON.stringify(value)}\n`) };
}
