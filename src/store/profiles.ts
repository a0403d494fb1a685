/** The profiles a person can name: their own, and the ones that are built in. Pure. */

import { ChatError } from '../core/error.ts';
import { nearestFirst } from '../core/nearest.ts';
import type { Profile } from '../core/profile.ts';
import { isShortName, shortNameRule } from '../core/short-name.ts';
import type { Settings } from './settings-document.ts';

/** Work without any configuration. Their names are taken. The models are small, current and able to call tools. */
export const builtInProfiles: Readonly<Record<'openai' | 'hf' | 'demo', Profile>> = {
  openai: {
    name: 'openai',
    kind: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-5-mini',
    apiKeyEnv: 'OPENAI_API_KEY',
    keyName: 'openai',
  },
  hf: {
    name: 'hf',
    kind: 'hf',
    baseUrl: 'https://router.huggingface.co/v1',
    model: 'openai/gpt-oss-120b',
    apiKeyEnv: 'HF_TOKEN',
    keyName: 'hf',
  },
  demo: { name: 'demo', kind: 'demo', model: 'scripted' },
};

/** The person's own by name, then the built-in ones. */
export function listProfiles(settings: Settings): readonly Profile[] {
  const own = Object.values(settings.profiles).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...own.map(complete), ...Object.values(builtInProfiles)];
}

export function isBuiltIn(name: string): boolean {
  return Object.hasOwn(builtInProfiles, name.toLowerCase());
}

/** @throws ChatError 'config' that lists the names there are, the nearest first */
export function findProfile(settings: Settings, name: string): Profile {
  const profiles = listProfiles(settings);
  const found = profiles.find((profile) => profile.name === name);
  if (found !== undefined) return found;
  const names = nearestFirst(
    name,
    profiles.map((profile) => profile.name),
  );
  throw new ChatError({ kind: 'config', what: `there is no profile "${name}"`, hint: `there are ${names.join(', ')}` });
}

/** @throws ChatError 'usage' for a name that is taken or that no profile can have */
export function addProfile(settings: Settings, profile: Profile): Settings {
  const { name } = profile;
  if (!isShortName(name)) {
    throw new ChatError({ kind: 'usage', what: `"${name}" is not a name a profile can have`, hint: shortNameRule });
  }
  if (isBuiltIn(name)) {
    const hint = 'take another name, such as my-openai';
    throw new ChatError({ kind: 'usage', what: `"${name}" is the name of a built-in profile`, hint });
  }
  if (Object.hasOwn(settings.profiles, name)) {
    const hint = 'remove it first';
    throw new ChatError({ kind: 'usage', what: `there is a profile "${name}" already`, hint });
  }
  return { ...settings, profiles: { ...settings.profiles, [name]: profile } };
}

/**
 * Puts `profile` in the place of the person's own one of the same name.
 * @throws ChatError 'usage' for a built-in profile, 'config' for one that does not exist
 */
export function replaceProfile(settings: Settings, profile: Profile): Settings {
  const { name } = profile;
  if (isBuiltIn(name)) {
    const hint = `add one of your own: banter profiles add my-${name.toLowerCase()}`;
    throw new ChatError({ kind: 'usage', what: `profile "${name}" is built in and cannot be changed`, hint });
  }
  findProfile(settings, name);
  return { ...settings, profiles: { ...settings.profiles, [name]: profile } };
}

/**
 * Removing the default leaves no default.
 * @throws ChatError 'usage' for a built-in profile, 'config' for one that does not exist
 */
export function removeProfile(settings: Settings, name: string): Settings {
  if (Object.hasOwn(builtInProfiles, name)) {
    throw new ChatError({ kind: 'usage', what: `profile "${name}" is built in and cannot be removed` });
  }
  findProfile(settings, name);
  const { [name]: _, ...profiles } = settings.profiles;
  const { defaultProfile, ...rest } = settings;
  return { ...rest, ...(defaultProfile === name || defaultProfile === undefined ? {} : { defaultProfile }), profiles };
}

/** Makes it the default. @throws ChatError 'config' for a profile that does not exist */
export function setDefaultProfile(settings: Settings, name: string): Settings {
  return { ...settings, defaultProfile: findProfile(settings, name).name };
}

/**
 * A profile without a URL means the service its kind is named after, and that service's key. Kinds that name no
 * service (tgi, xinference, completions) get nothing.
 * With a URL of its own it never gets a key it does not name.
 */
function complete(profile: Profile): Profile {
  if (profile.baseUrl !== undefined) return profile;
  const builtIn = Object.values(builtInProfiles).find(({ name }) => name === profile.kind);
  return { ...builtIn, ...profile };
}
