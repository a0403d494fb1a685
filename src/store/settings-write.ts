/**
 * Changes the settings. conf writes the file, in one step and 0600; alone it loses changes when two processes
 * write (82 of 200 kept), so every change is made under a lock, on what the file says by then.
 * conf and the package of the lock are loaded when something is written, and not before.
 */

import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ChatError } from '../core/error.ts';
import type { JsonObject } from '../core/json.ts';
import { ensureFolder, type Paths } from './paths.ts';
import { followLink, keepAs, replaceFile } from './private-file.ts';
import { changeDocument, parseSettings, type Settings } from './settings-document.ts';
import { backupFile, loadSettingsFile } from './settings-file.ts';
import { lockSettings } from './settings-lock.ts';
import { storageError, systemCode } from './storage-error.ts';

/**
 * @param change  pure: it is given the settings as they are once the lock is held
 * @throws ChatError 'config' when another banter holds the lock for 2 s, or the file must not be written over
 * (newer version, unreadable); 'storage' when the disk refuses, and then the old file is intact
 */
export async function updateSettings(paths: Paths, change: (settings: Settings) => Settings): Promise<void> {
  ensureFolder(paths.configDir);
  const { default: Conf } = await import('conf');
  const release = await lockSettings(paths);
  try {
    // Nothing in here waits, so the lock cannot go stale under it.
    const { document, readOnly } = loadSettingsFile(paths);
    if (readOnly !== undefined) throw new ChatError({ kind: 'config', what: readOnly, hint: 'nothing was changed' });
    const { settings } = parseSettings(document);
    const after = change(settings);
    if (after === settings) return;
    removeLeftovers(paths);
    const next = changeDocument(document, settings, after);
    const text = writeChecked(paths.settingsFile, () => writeThrough(Conf, paths, next));
    writeBackup(paths, text);
  } catch (error) {
    throw systemCode(error) === undefined ? error : storageError(error, paths.settingsFile, 'could not be written');
  } finally {
    await release();
  }
}

/** @returns the text of the file */
function writeThrough(Conf: typeof import('conf').default, paths: Paths, document: JsonObject): string {
  let text = '';
  const store = new Conf<JsonObject>({
    cwd: paths.configDir,
    configName: 'settings',
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
    serialize(value) {
      text = `${JSON.stringify(value, undefined, 2)}\n`;
      return text;
    },
  });
  store.store = document;
  return text;
}

/**
 * conf's writer (atomically 2.1) takes a disk that fills up in the middle of a file for success and puts the half
 * in its place. The old file therefore keeps a second name until the new one has been read back.
 */
function writeChecked(path: string, write: () => string): string {
  const target = followLink(path);
  const previous = `${target}.tmp-previous`;
  const existed = existsSync(target);
  if (existed) keepAs(target, previous);
  try {
    const text = write();
    if (readFileSync(path, 'utf8') === text) return text;
    if (existed) renameSync(previous, target);
    else rmSync(followLink(path));
    throw new ChatError({ kind: 'storage', path, what: 'could not be written whole: the disk is probably full' });
  } finally {
    rmSync(previous, { force: true });
  }
}

function writeBackup(paths: Paths, text: string): void {
  const path = backupFile(paths);
  try {
    replaceFile(path, text);
  } catch (error) {
    throw storageError(error, path, 'the settings are changed, but the copy of them could not be written');
  }
}

/** Half-written files of processes that were killed; under the lock nobody else is writing one. */
function removeLeftovers(paths: Paths): void {
  for (const path of [followLink(paths.settingsFile), backupFile(paths)]) {
    const folder = dirname(path);
    for (const name of readdirSync(folder)) {
      if (name.startsWith(`${basename(path)}.tmp-`)) rmSync(join(folder, name), { force: true });
    }
  }
}
