/** `banter profiles edit`: the options of `add`, on a profile that is there. */

import { type Command, InvalidArgumentError } from 'commander';
import { ChatError } from '../../core/error.ts';
import type { Profile } from '../../core/profile.ts';
import { findProfile, replaceProfile } from '../../store/profiles.ts';
import type { Settings } from '../../store/settings.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Host } from '../host.ts';
import { printLine } from './print-line.ts';
import { addProfileOptions, type ProfileFlags, readProfileFlags } from './profiles-options.ts';
import { changeSettings } from './settings-change.ts';

const removable = [
  ...['model', 'promptFormat', 'apiKeyEnv', 'keyCommand', 'keyName', 'headers', 'params', 'contextWindow'],
  ...['price', 'tools', 'capabilities'],
];

type EditFlags = ProfileFlags & { readonly unset?: readonly string[] };

export function editCommand(profiles: Command, host: Host): void {
  const command = profiles.command('edit').description('change what a profile says').argument('<name>');
  addProfileOptions(command)
    .option('--unset <field>', `take a field away (repeat): ${removable.join(', ')}`, collectRemovable)
    .action((name: string, flags: EditFlags) => edit(host, name, flags));
}

async function edit(host: Host, name: string, flags: EditFlags): Promise<void> {
  const given = await readProfileFlags(flags);
  const unset = [...(flags.unset ?? []), ...(flags.price === 'none' ? ['price'] : [])];
  if (Object.keys(given).length === 0 && unset.length === 0) {
    throw new ChatError({ kind: 'usage', what: 'nothing is to be changed', hint: 'banter profiles edit --help' });
  }
  await changeSettings(host, (settings) => replaceProfile(settings, changed(own(settings, name), given, unset)));
  await printLine(host, safe`${sanitizeLine(name)} is changed`);
}

/** As it stands in the settings, without what a profile that names no URL gets from its service. */
function own(settings: Settings, name: string): Profile {
  const profile = findProfile(settings, name);
  return (Object.hasOwn(settings.profiles, name) ? settings.profiles[name] : undefined) ?? profile;
}

/** Headers and fields of the request add to those there are. What was found out about another server is dropped. */
function changed(profile: Profile, given: Partial<Omit<Profile, 'name'>>, unset: readonly string[]): Profile {
  const moved = given.baseUrl !== undefined && given.baseUrl !== profile.baseUrl;
  const gone = moved ? [...unset, 'capabilities'] : unset;
  const kept = Object.fromEntries(Object.entries(profile).filter(([field]) => !gone.includes(field)));
  // The fields that can be taken away are those a profile may lack.
  const rest = kept as unknown as Profile;
  return {
    ...rest,
    ...given,
    ...(given.headers === undefined ? {} : { headers: { ...rest.headers, ...given.headers } }),
    ...(given.params === undefined ? {} : { params: { ...rest.params, ...given.params } }),
  };
}

function collectRemovable(field: string, earlier: readonly string[] = []): readonly string[] {
  if (removable.includes(field)) return [...earlier, field];
  throw new InvalidArgumentError(`It has to be one of ${removable.join(', ')}.`);
}
