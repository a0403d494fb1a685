/** Whether the servers a person could ask are there, and their keys. */

import { isChatError } from '../core/error.ts';
import { plural } from '../core/plural.ts';
import { type DetectedServer, detectServer } from '../providers/detect/index.ts';
import { isBuiltIn, listProfiles } from '../store/profiles.ts';
import type { Settings } from '../store/settings.ts';
import type { Network } from '../wire/index.ts';
import { findKey, type Key, type KeyPlaces } from './find-key.ts';
import { askerFor } from './probe.ts';
import { type Choice, type Environment, resolveServer } from './resolve-server.ts';

export interface ServerCheck {
  readonly profile: string;
  readonly baseUrl?: string;
  /** Where the key comes from or why there is none; never the key. */
  readonly key: string;
  readonly server: string;
  /** A prompt sent there can be answered. */
  readonly usable: boolean;
}

export interface Asking {
  readonly network: Network | undefined;
  readonly signal: AbortSignal;
}

/**
 * All profiles at once; each is asked as a run with `-P` would ask it. What is wrong with a server is in its check.
 * @throws ChatError 'aborted'
 */
export function checkServers(
  host: KeyPlaces,
  settings: Settings,
  { network, signal }: Asking,
): Promise<readonly ServerCheck[]> {
  const current = resolveServer({ header: [] }, host.environment, settings);
  // With BANTER_BASE_URL set, every profile would be that one server.
  const environment: Environment = { ...host.environment, BANTER_BASE_URL: undefined };
  const named = listProfiles(settings).map(({ name }) =>
    resolveServer({ profile: name, header: [] }, environment, settings),
  );
  const choices = [...(current?.adHoc === true ? [current] : []), ...named].filter((choice) => choice !== undefined);
  // Signals of their own: many that listen to one look like a leak to Node.
  return Promise.all(
    choices.map((choice) =>
      check(host, choice, {
        network,
        signal: AbortSignal.any([signal]),
        isCurrent: choice.profile.name === current?.profile.name,
      }),
    ),
  );
}

interface Checking extends Asking {
  /** The one that is asked when none is named. */
  readonly isCurrent: boolean;
}

async function check(host: KeyPlaces, choice: Choice, asking: Checking): Promise<ServerCheck> {
  const { name, kind, baseUrl } = choice.profile;
  if (kind === 'demo') return { profile: name, key: 'needs none', server: 'scripted, built in', usable: false };
  if (baseUrl === undefined) return { profile: name, key: '', server: 'has no base URL', usable: false };

  const key = await lookForKey(host, choice, asking.signal);
  if (typeof key === 'string') return { profile: name, baseUrl, key, server: 'not asked', usable: false };
  const asked = await ask(choice, key?.value, asking);
  return { profile: name, baseUrl, key: key === undefined ? 'none' : describeKey(key, name, asking), ...asked };
}

/** A built-in profile is asked by itself only for a variable, not for a key that another program or `keys` stored. */
function describeKey({ source }: Key, profile: string, { isCurrent }: Checking): string {
  const needsNaming = isBuiltIn(profile) && !isCurrent && !source.startsWith('$');
  return `from ${source}${needsNaming ? `, used with -P ${profile}` : ''}`;
}

/** The key, or in words why there is none although one is wanted. */
async function lookForKey(host: KeyPlaces, choice: Choice, signal: AbortSignal): Promise<Key | string | undefined> {
  try {
    return await findKey(host, choice, { signal });
  } catch (error) {
    if (!isChatError(error) || error.kind === 'aborted') throw error;
    return error.fault.kind === 'auth' ? `none: ${error.fault.hint ?? 'not set'}` : error.message;
  }
}

async function ask(
  { profile }: Choice,
  apiKey: string | undefined,
  { network, signal }: Asking,
): Promise<Pick<ServerCheck, 'server' | 'usable'>> {
  const baseUrl = profile.baseUrl ?? '';
  try {
    const ask = askerFor({ profile, baseUrl, apiKey }, network);
    return describe(await detectServer({ baseUrl, ask, signal }), apiKey !== undefined);
  } catch (error) {
    if (!isChatError(error) || error.kind === 'aborted') throw error;
    return { server: error.message, usable: false };
  }
}

function describe(
  { server, version, models, needsKey }: DetectedServer,
  hasKey: boolean,
): Pick<ServerCheck, 'server' | 'usable'> {
  const what = [server ?? 'a server', version].filter(Boolean).join(' ');
  if (needsKey) return { server: `${what}, ${hasKey ? 'refuses the key' : 'wants a key'}`, usable: false };
  if (models.length > 0) {
    return { server: `${what}, ${plural(models.length, 'model')}`, usable: true };
  }
  // A service that lists nothing may still answer; something that shows no sign of a server of models will not.
  if (server === undefined)
    return { server: 'answers, but not as a server of models: is the URL right?', usable: false };
  return { server: `${what}, no model`, usable: false };
}
