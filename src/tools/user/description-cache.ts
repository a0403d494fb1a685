/**
 * Descriptions kept across runs, so that a start neither reads a tool's file nor runs it:
 *
 *     { "version": 1, "files": { "/home/ann/…/weather.py": { "stamp": "…", "at": "2026-11-21T…", "description": {…} } } }
 */

import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { type ReadDescription, readDescription } from './description.ts';
import type { ToolFile } from './find-tool-files.ts';

/** Where the descriptions lie; neither function throws for a disk that fails: all of it can be asked again. */
export interface DescriptionStore {
  read(): Json | undefined;
  write(value: Json): void;
}

export interface KnownDescriptions {
  /** Nothing when the file is new or changed, or its problem is old. */
  find(file: ToolFile): ReadDescription | undefined;
  /** Keeps these, and what was known of other files. */
  save(descriptions: ReadonlyMap<ToolFile, ReadDescription>): void;
}

export interface CacheOptions {
  /** A module can work in one version of Node and not in another. */
  readonly nodeVersion: string;
  readonly now: Date;
}

export function openDescriptions(store: DescriptionStore, { nodeVersion, now }: CacheOptions): KnownDescriptions {
  const saved = store.read();
  const files = isJsonObject(saved) && saved.version === version && isJsonObject(saved.files) ? saved.files : {};
  const stampOf = ({ kind, stamp }: ToolFile): string => (kind === 'module' ? `${stamp} ${nodeVersion}` : stamp);
  return {
    find(file) {
      const entry = Object.hasOwn(files, file.path) ? files[file.path] : undefined;
      if (!isJsonObject(entry) || entry.stamp !== stampOf(file)) return undefined;
      if (typeof entry.problem !== 'string') {
        const read = readDescription(entry.description, file.name);
        return read.problem === undefined ? read : undefined;
      }
      const ageMs = now.getTime() - Date.parse(String(entry.at));
      return ageMs >= 0 && ageMs < problemKeptMs ? { problem: entry.problem } : undefined;
    },
    save(descriptions) {
      const fresh = [...descriptions].map(([file, read]) => [
        file.path,
        { stamp: stampOf(file), at: now.toISOString(), ...toJson(read) },
      ]);
      const others = Object.entries(files).filter(([path]) => !fresh.some(([known]) => known === path));
      store.write({ version, files: Object.fromEntries([...others, ...fresh].slice(-maxFiles)) });
    },
  };
}

const version = 1;
/** Old entries, of files that are gone, are pushed out by new ones. */
const maxFiles = 500;

/** A problem may go away without a change of the file: a missing interpreter, a package, a machine under load. */
const problemKeptMs = 10 * 60 * 1000;

function toJson(read: ReadDescription): JsonObject {
  return read.problem === undefined ? { description: { ...read.description } } : { problem: read.problem };
}
