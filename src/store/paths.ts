/** Where everything lies, and folders only their owner can look into. */

import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { ChatError } from '../core/error.ts';
import { storageError, systemCode } from './storage-error.ts';

export interface Paths {
  readonly configDir: string;
  readonly dataDir: string;
  readonly stateDir: string;
  readonly settingsFile: string;
  readonly keysFile: string;
  readonly templatesDir: string;
  readonly toolsDir: string;
  /** MCP servers, as other programs write them down. */
  readonly mcpFile: string;
  readonly schemasDir: string;
  readonly conversationsDir: string;
  readonly inputHistoryFile: string;
  readonly learnedFile: string;
  readonly describedToolsFile: string;
  readonly describedServersFile: string;
}

/**
 * `BANTER_HOME` holds everything; without it the XDG folders do, or their defaults under `home`.
 * Nothing is created or looked at.
 * @throws ChatError 'config' when neither the environment nor `home` says where
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function resolvePaths(env: Readonly<Record<string, string | undefined>>, home: string): Paths {
  const one = env.BANTER_HOME;
  if (one !== undefined && one !== '') return pathsIn(resolve(one), resolve(one), resolve(one));
  const folder = (variable: string, ...standard: readonly string[]): string => {
    const base = env[variable];
    // The specification: a relative path in these variables is invalid and is ignored.
    if (base !== undefined && isAbsolute(base)) return join(base, 'banter');
    if (!isAbsolute(home)) throw noHome();
    return join(home, ...standard, 'banter');
  };
  return pathsIn(
    folder('XDG_CONFIG_HOME', '.config'),
    folder('XDG_DATA_HOME', '.local', 'share'),
    folder('XDG_STATE_HOME', '.local', 'state'),
  );
}

/**
 * Makes the folder and what is missing above it, for the owner alone, and tightens a wider one of ours.
 * @throws ChatError 'storage'
 */
export function ensureFolder(path: string): void {
  try {
    const created = mkdirSync(path, { recursive: true, mode: 0o700 }) !== undefined;
    const { mode } = statSync(path);
    // BANTER_HOME may name a folder with other uses, /tmp say: only what bears a name of ours is tightened.
    const ours = created || ownNames.has(basename(path));
    if (ours && (mode & 0o777) !== 0o700) chmodSync(path, 0o700);
  } catch (error) {
    // EEXIST is all the system says when a file stands where the folder belongs.
    if (systemCode(error) === 'EEXIST') {
      throw new ChatError({ kind: 'storage', path, what: 'is not a folder' }, { cause: error });
    }
    throw storageError(error, path, 'the folder could not be made');
  }
}

const ownNames: ReadonlySet<string> = new Set(['banter', '.banter', 'conversations', 'schemas', 'templates', 'tools']);

function pathsIn(configDir: string, dataDir: string, stateDir: string): Paths {
  return {
    configDir,
    dataDir,
    stateDir,
    settingsFile: join(configDir, 'settings.json'),
    keysFile: join(configDir, 'keys.json'),
    templatesDir: join(configDir, 'templates'),
    toolsDir: join(configDir, 'tools'),
    mcpFile: join(configDir, 'mcp.json'),
    schemasDir: join(configDir, 'schemas'),
    conversationsDir: join(dataDir, 'conversations'),
    inputHistoryFile: join(stateDir, 'input-history.jsonl'),
    learnedFile: join(stateDir, 'learned.json'),
    describedToolsFile: join(stateDir, 'described-tools.json'),
    describedServersFile: join(stateDir, 'described-servers.json'),
  };
}

function noHome(): ChatError {
  return new ChatError({
    kind: 'config',
    what: 'there is no home folder to keep settings and conversations in',
    hint: 'set BANTER_HOME to a folder',
  });
}
