/**
 * The key file, for machines without a password manager: `{"name": "key"}`, 0600, apart from the settings, so
 * that those can be shown, copied and kept in a repository.
 */

import { readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import { ChatError } from '../core/error.ts';
import { isJsonObject, type JsonObject, nonEmptyString, parseJson } from '../core/json.ts';
import { isShortName, shortNameRule } from '../core/short-name.ts';
import { ensureFolder, type Paths } from './paths.ts';
import { followLink, replaceFile, tighten } from './private-file.ts';
import { keepAside } from './set-aside.ts';
import { lockSettings } from './settings-lock.ts';
import { storageError, systemCode } from './storage-error.ts';

/**
 * The keys by name; none without a file. A file that others can read is made private on the way.
 * @throws ChatError 'config' for a damaged file, 'storage' for one that cannot be read
 */
export function readKeys(paths: Paths): ReadonlyMap<string, string> {
  const found = readKeyFile(paths.keysFile);
  if (found?.keys === undefined && found !== undefined) throw damaged(paths);
  const named = Object.entries(found?.keys ?? {}).map(([name, key]) => [name, nonEmptyString(key)] as const);
  return new Map(named.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * @param key  already found fit to be sent
 * @returns the new name of a damaged file that was moved aside
 * @throws ChatError 'usage' for a name that none can have, 'storage', 'config' as lockSettings
 */
export async function storeKey(paths: Paths, name: string, key: string): Promise<string | undefined> {
  if (!isShortName(name)) {
    throw new ChatError({ kind: 'usage', what: 'that is not a name a key can have', hint: shortNameRule });
  }
  return changeKeys(paths, (keys) => ({ ...keys, [name]: key }));
}

/** @throws ChatError 'config' when there is no such key; otherwise as storeKey */
export async function removeKey(paths: Paths, name: string): Promise<void> {
  await changeKeys(paths, (keys) => {
    if (!Object.hasOwn(keys, name)) throw noSuchKey(Object.keys(keys));
    const { [name]: _, ...rest } = keys;
    return rest;
  });
}

/** The name that was asked for is not repeated: it may be a key itself, put where its name belongs. */
export function noSuchKey(names: Iterable<string>): ChatError {
  const stored = [...names];
  const hint = stored.length === 0 ? 'banter keys set NAME stores one' : `there are ${stored.join(', ')}`;
  return new ChatError({ kind: 'config', what: 'the key file has no key of that name', hint });
}

async function changeKeys(paths: Paths, change: (keys: JsonObject) => JsonObject): Promise<string | undefined> {
  const path = paths.keysFile;
  ensureFolder(paths.configDir);
  const release = await lockSettings(paths);
  try {
    const found = readKeyFile(path);
    const next = change(found?.keys ?? {});
    // Here the change is sure to happen, so the damaged file may make room for it.
    const aside = found === undefined || found.keys !== undefined ? undefined : moveAside(path, found.stats);
    replaceFile(path, `${JSON.stringify(next, undefined, 2)}\n`);
    return aside;
  } catch (error) {
    throw systemCode(error) === undefined ? error : storageError(error, path, 'could not be written');
  } finally {
    await release();
  }
}

function moveAside(path: string, stats: Stats): string {
  const target = followLink(path);
  const aside = keepAside(target, stats);
  rmSync(target);
  return aside;
}

interface KeyFile {
  /** Undefined for a file that is no JSON object. */
  readonly keys: JsonObject | undefined;
  readonly stats: Stats;
}

function readKeyFile(path: string): KeyFile | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    const value = parseJson(readFileSync(path, 'utf8').replace(/^\ufeff/, ''));
    tighten(path, stats.mode);
    return { keys: isJsonObject(value) ? value : undefined, stats };
  } catch (error) {
    throw storageError(error, path, 'could not be read');
  }
}

function damaged(paths: Paths): ChatError {
  return new ChatError({
    kind: 'config',
    what: `${paths.keysFile} is damaged: it is not a JSON object`,
    hint: 'mend it; or `banter keys set NAME` begins a new one and keeps this beside it',
  });
}
