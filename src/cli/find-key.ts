/** The key of a server: flag > environment variable > key command > key file. No error repeats a part of one. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ChatError } from '../core/error.ts';
import type { Profile } from '../core/profile.ts';
import type { Paths } from '../store/paths.ts';
import { builtInProfiles } from '../store/profiles.ts';
import type { KeyFlag } from './key-flag.ts';
import { keyFlaw } from './key-flaw.ts';
import { type Choice, type Environment, hfVariables } from './resolve-server.ts';

export interface Key {
  readonly value: string;
  /** Where it was found, for people: `$OPENAI_API_KEY`, `the key file`. */
  readonly source: string;
}

/** What of the host finding a key needs. */
export interface KeyPlaces {
  readonly environment: Environment;
  readonly paths: Paths;
}

export interface KeyOptions {
  /** Stops a key command. */
  readonly signal: AbortSignal;
  /** Where the key is taken from, whatever the profile says. */
  readonly flag?: KeyFlag;
}

/**
 * Undefined for a server that wants none. What a profile names comes before what it might also have.
 * @throws ChatError 'auth' when the profile or the flag names a place and there is no key in it, 'config' for a key
 * command that fails or a key that cannot be sent, 'aborted'
 */
export async function findKey(
  host: KeyPlaces,
  { profile, adHoc }: Choice,
  { signal, flag }: KeyOptions,
): Promise<Key | undefined> {
  const places = flag === undefined ? (adHoc ? [] : placesOf(host, profile)) : [placeOf(host, flag)];
  for (const { source, flawHint = 'copy it again', look } of places) {
    const value = (await look(signal))?.trim() ?? '';
    if (value === '') continue;
    const flaw = keyFlaw(value);
    if (flaw === undefined) return { value, source };
    throw new ChatError({ kind: 'config', what: `the key from ${source} ${flaw}`, hint: flawHint });
  }
  if (places.length === 0 || (flag === undefined && canDoWithout(profile))) return undefined;
  throw new ChatError({
    kind: 'auth',
    target: profile.baseUrl ?? profile.name,
    hint: places
      .map(({ remedy }) => remedy)
      .filter(Boolean)
      .join(', or '),
  });
}

interface Place {
  readonly source: string;
  /** What a person does so that there is a key; '' when another place's says it. */
  readonly remedy: string;
  /** What a person does about a key that cannot be sent; copies it again when left out. */
  readonly flawHint?: string;
  readonly look: (signal: AbortSignal) => string | undefined | Promise<string | undefined>;
}

function placeOf(host: KeyPlaces, flag: KeyFlag): Place {
  switch (flag.from) {
    case 'stdin':
      return { source: 'stdin', remedy: '', look: () => flag.value };
    case 'environment':
      return inVariable(host, flag.variable, `set ${flag.variable}`);
    case 'file':
      return inFile(host, flag.name, 'required');
    default:
      return flag satisfies never;
  }
}

function placesOf(host: KeyPlaces, profile: Profile): readonly Place[] {
  const { name, apiKeyEnv, keyCommand, keyName } = profile;
  const places: Place[] = [];
  if (apiKeyEnv !== undefined) {
    places.push(inVariable(host, apiKeyEnv, `set ${apiKeyEnv}, where profile ${name} takes its key from`));
  }
  if (asksHuggingFace(profile)) places.push(...ofHuggingFace(host));
  if (keyCommand !== undefined) places.push(fromCommand(host, name, keyCommand));
  if (keyName !== undefined) places.push(inFile(host, keyName, 'optional'));
  return places;
}

function inVariable({ environment }: KeyPlaces, variable: string, remedy = ''): Place {
  return {
    source: `$${variable}`,
    remedy,
    look: () => (Object.hasOwn(environment, variable) ? environment[variable] : undefined),
  };
}

const commandLimitMs = 10_000;

function fromCommand({ environment }: KeyPlaces, profile: string, command: string): Place {
  return {
    source: `the key command of profile ${profile}`,
    remedy: '',
    flawHint: 'the command has to print the key and nothing else',
    async look(signal) {
      const { runKeyCommand } = await import('./key-command.ts');
      const answer = await runKeyCommand(command, { environment, limitMs: commandLimitMs, signal });
      const how = answer.kind === 'failed' ? answer.how : answer.text.trim() === '' ? 'printed nothing' : undefined;
      if (answer.kind === 'printed' && how === undefined) return answer.text;
      const hint = 'run it by hand to see why; it has no terminal to ask on';
      throw new ChatError({ kind: 'config', what: `the key command of profile ${profile} ${how}`, hint });
    },
  };
}

function inFile({ paths }: KeyPlaces, name: string, need: 'required' | 'optional'): Place {
  return {
    source: 'the key file',
    remedy: `store one: banter keys set ${name}`,
    async look() {
      const { noSuchKey, readKeys } = await import('../store/keys.ts');
      const keys = readKeys(paths);
      if (need === 'required' && !keys.has(name)) throw noSuchKey(keys.keys());
      return keys.get(name);
    },
  };
}

/** Tokens of the Hub go to its own router and nowhere else. */
function asksHuggingFace({ apiKeyEnv, baseUrl }: Profile): boolean {
  return apiKeyEnv === builtInProfiles.hf.apiKeyEnv && baseUrl === builtInProfiles.hf.baseUrl;
}

/** What `hf auth login` leaves behind (huggingface_hub, constants.py and utils/_auth.py). */
function ofHuggingFace(host: KeyPlaces): readonly Place[] {
  const { HF_TOKEN_PATH, HF_HOME, XDG_CACHE_HOME } = host.environment;
  const cache = XDG_CACHE_HOME || join(homedir(), '.cache');
  const path = HF_TOKEN_PATH || join(HF_HOME || join(cache, 'huggingface'), 'token');
  const variables = hfVariables.map((variable) => inVariable(host, variable));
  return [...variables, { source: path, remedy: '', look: () => readToken(path) }];
}

function readToken(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // No file, or none that we may read, is no token.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** A server of one's own behind OPENAI_BASE_URL usually wants none. */
function canDoWithout({ name, baseUrl }: Profile): boolean {
  return name === builtInProfiles.openai.name && baseUrl !== builtInProfiles.openai.baseUrl;
}
