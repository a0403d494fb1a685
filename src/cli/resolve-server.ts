/**
 * Which server is asked, for which model: flag > BANTER_* environment > profile > what the environment implies.
 * Pure: the environment and the settings are arguments. Its key is found by `find-key.ts`.
 */

import { ChatError } from '../core/error.ts';
import { nonEmptyString } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import type { Profile } from '../core/profile.ts';
import { builtInProfiles, findProfile } from '../store/profiles.ts';
import type { Settings } from '../store/settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Server {
  readonly profile: Profile;
  readonly apiKey?: string;
}

export interface ServerFlags {
  readonly profile?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly header: readonly string[];
}

/** A server without its key, which `find-key.ts` finds. */
export interface Choice {
  readonly profile: Profile;
  /** Named by its URL alone: it gets no key, stored or from the environment, unless `--key` names one. */
  readonly adHoc: boolean;
}

/** Of a profile that is no more than a URL. */
export const adHocName = 'ad-hoc';

/** Undefined when nothing is configured and no flag names a server. */
export function resolveServer(flags: ServerFlags, environment: Environment, settings: Settings): Choice | undefined {
  const found = chooseProfile(flags, environment, settings);
  if (found === undefined) return undefined;

  const baseUrl = adHocUrl(flags, environment);
  if (baseUrl === undefined) return { profile: withFlags(found, flags, environment), adHoc: false };
  // What a profile knows of its own server, and sends to it, is not for another one.
  const { headers: _headers, capabilities: _capabilities, ...rest } = found;
  return { profile: withFlags({ ...rest, baseUrl }, flags, environment), adHoc: true };
}

/** The profile with the model and the headers of this run. */
export function withFlags(profile: Profile, flags: ServerFlags, environment: Environment): Profile {
  const headers = { ...profile.headers, ...parseHeaders(flags.header) };
  const fromEnvironment = flags.profile === undefined ? nonEmptyString(environment.BANTER_MODEL) : undefined;
  return {
    ...profile,
    ...optional('model', flags.model ?? fromEnvironment ?? profile.model),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  };
}

/** There are profiles of the person's own, and none is the default. */
export function isUndecided({ profiles, defaultProfile }: Settings): boolean {
  return defaultProfile === undefined && Object.keys(profiles).length > 0;
}

export function noServer(settings: Settings): ChatError {
  if (isUndecided(settings)) {
    const names = Object.keys(settings.profiles).sort().join(', ');
    const hint = `choose one with -P NAME or banter profiles use NAME: ${names}`;
    return new ChatError({ kind: 'config', what: 'no profile is the default', hint });
  }
  return new ChatError({
    kind: 'config',
    what: 'no server is configured',
    hint: [
      '  set OPENAI_API_KEY (and OPENAI_BASE_URL for another server) or HF_TOKEN',
      '  or add a server:           banter profiles add http://localhost:8080/v1',
      '  or ask the offline demo:   banter -P demo "What time is it in Seoul?"',
    ].join('\n'),
  });
}

function chooseProfile(flags: ServerFlags, environment: Environment, settings: Settings): Profile | undefined {
  const named = flags.profile ?? (flags.baseUrl === undefined ? nonEmptyString(environment.BANTER_PROFILE) : undefined);
  if (named !== undefined) return withEnvironment(findProfile(settings, named), environment);
  if (adHocUrl(flags, environment) !== undefined) return { name: adHocName, kind: 'openai' };
  if (settings.defaultProfile !== undefined) {
    return withEnvironment(findProfile(settings, settings.defaultProfile), environment);
  }
  if (isSet(environment.OPENAI_API_KEY) || isSet(environment.OPENAI_BASE_URL)) {
    return withEnvironment(builtInProfiles.openai, environment);
  }
  return hfVariables.some((name) => isSet(environment[name])) ? builtInProfiles.hf : undefined;
}

/** What a flag names, profile or URL, is not changed by the environment's. */
function adHocUrl(flags: ServerFlags, environment: Environment): string | undefined {
  return flags.baseUrl ?? (flags.profile === undefined ? nonEmptyString(environment.BANTER_BASE_URL) : undefined);
}

/** Where a Hugging Face token may stand, in the order of huggingface_hub (utils/_auth.py). */
export const hfVariables = ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN'] as const;

/**
 * `OPENAI_BASE_URL` moves the built-in openai profile to another server, whose models have other names, and which
 * the stored key of the first one is not for.
 */
function withEnvironment(profile: Profile, environment: Environment): Profile {
  const baseUrl = environment.OPENAI_BASE_URL;
  if (profile !== builtInProfiles.openai || !isSet(baseUrl)) return profile;
  const { model: _model, keyName: _keyName, ...rest } = profile;
  return { ...rest, baseUrl };
}

/** @throws ChatError 'usage' for a line without a name and a colon */
export function parseHeaders(lines: readonly string[]): Record<string, string> {
  const headers = lines.map((line): [string, string] => {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new ChatError({ kind: 'usage', what: 'a header has the form "Name: value"', hint: "-H 'X-Title: notes'" });
    }
    return [name.toLowerCase(), value];
  });
  // Not by assignment: `__proto__` is a name that a header may have.
  return Object.fromEntries(headers);
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
