/** The server of a run and its key: what flags, environment and settings name, else what answers on this machine. */

import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import { listProfiles } from '../store/profiles.ts';
import type { Settings } from '../store/settings.ts';
import { findKey, type KeyOptions, type KeyPlaces } from './find-key.ts';
import type { KeyFlag } from './key-flag.ts';
import { type Choice, isUndecided, resolveServer, type Server, type ServerFlags, withFlags } from './resolve-server.ts';

export interface FoundServer extends Server {
  /** Says that nobody named it. */
  readonly notices: readonly Notice[];
}

/** Undefined when no profile is the default, or nothing is configured and nothing answers here. @throws ChatError as findKey */
export async function findServer(
  host: KeyPlaces,
  flags: ServerFlags & { readonly keySource?: KeyFlag },
  { settings, signal }: { readonly settings: Settings; readonly signal: AbortSignal },
): Promise<FoundServer | undefined> {
  const keyOptions = { signal, ...optional('flag', flags.keySource) };
  const choice = resolveServer(flags, host.environment, settings);
  if (choice !== undefined) return { ...(await withKey(host, choice, keyOptions)), notices: [] };
  // A person who has profiles meant one of them, and not whatever happens to listen here.
  if (isUndecided(settings)) return undefined;

  const { findLocalServer } = await import('./local-servers.ts');
  const { toProfile } = await import('./found-profile.ts');
  const found = await findLocalServer(host.environment, signal);
  if (found === undefined) return undefined;
  const names = listProfiles(settings).map(({ name }) => name);
  const profile = withFlags(toProfile(found, names), flags, host.environment);
  const server = await withKey(host, { profile, adHoc: true }, keyOptions);
  return { ...server, notices: [foundHere(found.server ?? 'the server', found.baseUrl)] };
}

export async function withKey(host: KeyPlaces, choice: Choice, options: KeyOptions): Promise<Server> {
  const key = await findKey(host, choice, options);
  return { profile: choice.profile, ...optional('apiKey', key?.value) };
}

function foundHere(what: string, baseUrl: string): Notice {
  const text = `no server is configured, so ${what} at ${baseUrl} is asked; to keep it: banter profiles add ${baseUrl}`;
  return { level: 'info', code: 'local-server', text };
}
