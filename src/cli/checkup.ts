/** The state of everything a run depends on, as data: for `banter doctor`. */

import { statSync } from 'node:fs';
import { readSettings } from '../store/settings.ts';
import { systemWords } from '../store/storage-error.ts';
import { networkNotices } from '../wire/index.ts';
import { type Asking, checkServers, type ServerCheck } from './checkup-servers.ts';
import { colorLevel } from './color.ts';
import type { Host } from './host.ts';
import { type Environment, isUndecided, resolveServer } from './resolve-server.ts';
import { version } from './version.ts';

export interface Checkup {
  readonly banter: string;
  readonly node: string;
  readonly settings: { readonly path: string; readonly state: string; readonly problems: readonly string[] };
  readonly folders: readonly PlaceCheck[];
  readonly keyFile: PlaceCheck;
  /** The profile a run without -P asks; null when none is configured. */
  readonly profile: string | null;
  /** There are profiles, and none is the default. */
  readonly undecided: boolean;
  readonly servers: readonly ServerCheck[];
  /** Nothing is configured, and this answers on a usual local port. */
  readonly foundHere: { readonly server: string; readonly baseUrl: string } | null;
  /** Variables in force; a password in one is left out. */
  readonly proxies: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly terminal: TerminalCheck;
  /** The server that a run without -P asks can be asked now. */
  readonly ok: boolean;
}

export interface PlaceCheck {
  readonly path: string;
  /** `0700`, `not there yet`, or why it cannot be used. */
  readonly state: string;
  /** Others can look into it. */
  readonly open: boolean;
}

export interface TerminalCheck {
  readonly isTerminal: boolean;
  readonly columns: number | null;
  readonly rows: number | null;
  readonly colors: 'none' | '16' | '256' | 'all';
  readonly term: string;
  readonly unicode: boolean;
}

/** @throws ChatError 'aborted' */
export async function checkUp(host: Host, node: string, asking: Asking): Promise<Checkup> {
  const { paths, environment } = host;
  const { settings, notices } = readSettings(paths);
  const settingsPlace = checkPlace(paths.settingsFile);
  const choice = resolveServer({ header: [] }, environment, settings);
  const servers = await checkServers(host, settings, asking);
  const undecided = choice === undefined && isUndecided(settings);
  const foundHere = choice === undefined && !undecided ? await lookHere(environment, asking.signal) : null;
  return {
    banter: version,
    node,
    settings: {
      path: paths.settingsFile,
      state: notices.length > 0 ? 'has problems' : settingsPlace.state,
      problems: notices.map(({ text }) => text),
    },
    folders: [...new Set([paths.configDir, paths.dataDir, paths.stateDir])].map(checkPlace),
    keyFile: checkPlace(paths.keysFile),
    profile: choice?.profile.name ?? null,
    undecided,
    servers,
    foundHere,
    proxies: proxiesIn(environment),
    warnings: networkNotices(environment).map(({ text }) => text),
    terminal: checkTerminal(host),
    ok: foundHere !== null || servers.find(({ profile }) => profile === choice?.profile.name)?.usable === true,
  };
}

function checkPlace(path: string): PlaceCheck {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { path, state: 'not there yet', open: false };
    return { path, state: (stats.mode & 0o777).toString(8).padStart(4, '0'), open: (stats.mode & 0o077) !== 0 };
  } catch (error) {
    return { path, state: systemWords(error), open: false };
  }
}

async function lookHere(environment: Environment, signal: AbortSignal): Promise<Checkup['foundHere']> {
  const { findLocalServer } = await import('./local-servers.ts');
  const found = await findLocalServer(environment, signal);
  return found === undefined ? null : { server: found.server ?? 'a server', baseUrl: found.baseUrl };
}

const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);
const networkVariables = [...proxyVariables, 'NODE_EXTRA_CA_CERTS'];

function proxiesIn(environment: Environment): Readonly<Record<string, string>> {
  const set = networkVariables.flatMap((name) => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [[name, withoutPassword(value)] as const];
  });
  return Object.fromEntries(set);
}

/** Everything up to the last @, since what stands there is a password even in a URL with a slip in it. */
function withoutPassword(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/i, '$1');
}

const colors = ['none', '16', '256', 'all'] as const;

function checkTerminal({ stdout, environment }: Host): TerminalCheck {
  const { LC_ALL, LC_CTYPE, LANG } = environment;
  return {
    isTerminal: stdout.isTTY === true,
    columns: stdout.columns ?? null,
    rows: stdout.rows ?? null,
    colors: colors[colorLevel('auto', environment, stdout)],
    term: environment.TERM ?? '',
    unicode: /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || ''),
  };
}
