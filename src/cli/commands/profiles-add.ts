/** `banter profiles add`: a server by its name and URL, or by its URL alone, and what it says about itself. */

import type { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import { optional } from '../../core/optional.ts';
import type { Profile } from '../../core/profile.ts';
import type { DetectedServer } from '../../providers/detect/index.ts';
import { hostedService } from '../../providers/hosts.ts';
import { addProfile, listProfiles, setDefaultProfile } from '../../store/profiles.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { parseBaseUrl } from '../../wire/index.ts';
import { networkOf } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import { addNetworkOptions, type NetworkOptions } from '../flags.ts';
import { toProfile } from '../found-profile.ts';
import type { Host } from '../host.ts';
import { settingsOf } from '../settings-of.ts';
import { askNewServer } from './ask-new-server.ts';
import { keyPlace } from './key-place.ts';
import { printLine, printWarning } from './print-line.ts';
import { addProfileOptions, type ProfileFlags, readProfileFlags } from './profiles-options.ts';
import { changeSettings } from './settings-change.ts';

type AddFlags = ProfileFlags & NetworkOptions & { readonly probe: boolean };
type Given = Partial<Omit<Profile, 'name'>>;

export function addCommand(profiles: Command, host: Host, setCode: (code: number) => void): void {
  const command = profiles
    .command('add')
    .description('add a server; what it says about itself fills in what is left out')
    .argument('<name-or-url>', 'a name for it, with --base-url; or its URL alone');
  addNetworkOptions(addProfileOptions(command))
    .option('--no-probe', 'do not ask the server anything')
    .action(async (nameOrUrl: string, flags: AddFlags) =>
      setCode(await runUntilEnd(host, undefined, ({ signal }) => add(host, nameOrUrl, flags, signal))),
    );
}

async function add(host: Host, nameOrUrl: string, flags: AddFlags, signal: AbortSignal): Promise<number> {
  const isUrl = /^https?:\/\//i.test(nameOrUrl);
  if (!isUrl && flags.baseUrl === undefined) checkNoUrl(nameOrUrl);
  const given = withUsualKey(await readProfileFlags(isUrl ? { ...flags, baseUrl: nameOrUrl } : flags));
  const settings = await settingsOf(host);
  // A name that cannot be taken is refused before anybody is asked anything.
  if (!isUrl) addProfile(settings, { name: nameOrUrl, kind: 'openai' });
  const names = listProfiles(settings).map(({ name }) => name);

  const { baseUrl } = given;
  const network = networkOf(host, flags);
  const asked: Profile = { name: nameOrUrl, kind: 'openai', ...given };
  const found =
    flags.probe && baseUrl !== undefined
      ? await askNewServer(host, { profile: asked, baseUrl, isNamed: !isUrl, network, signal })
      : undefined;
  const proposal = proposalFor(given, found, names);
  const profile: Profile = {
    ...proposal,
    ...given,
    ...(isUrl ? optional('baseUrl', proposal.baseUrl) : { name: nameOrUrl }),
  };
  checkComplete(profile);
  let isDefault = false;
  await changeSettings(host, (current) => {
    // The first server of a person who has chosen none is the one they mean.
    isDefault = current.defaultProfile === undefined && Object.keys(current.profiles).length === 0;
    const next = addProfile(current, profile);
    return isDefault ? setDefaultProfile(next, profile.name) : next;
  });

  if (found !== undefined) await printLine(host, sanitizeLine(describe(found)));
  await tellOfKey(host, profile, found);
  const facts = [`kind ${profile.kind}`, profile.model && `model ${profile.model}`, keyPlace(profile)];
  const name = sanitizeLine(profile.name);
  await printLine(host, safe`${name} is added: ${sanitizeLine(facts.filter(Boolean).join(', '))}`);
  const use = isDefault
    ? safe`it is the default now; ask it with: banter "..."`
    : safe`ask it with: banter -P ${name} "..."; make it the default: banter profiles use ${name}`;
  await printLine(host, use);
  return exitCodes.done;
}

/** @throws ChatError 'usage' for what can only be meant as a URL */
function checkNoUrl(name: string): void {
  if (!/[:/]/.test(name)) return;
  // What stands before an @ may be a password.
  const shown = name.replace(/^.*@/, '');
  const hint = `banter profiles add http://${shown.replace(/^[a-z]*:?\/\//i, '')}`;
  throw new ChatError({ kind: 'usage', what: `"${shown}" is no URL: http:// or https:// is missing`, hint });
}

/** A hosted service's key usually stands in a variable of its own. */
function withUsualKey(given: Given): Given {
  const { baseUrl, apiKeyEnv, keyCommand, keyName } = given;
  if (baseUrl === undefined || (apiKeyEnv ?? keyCommand ?? keyName) !== undefined) return given;
  return { ...given, ...optional('apiKeyEnv', hostedService(parseBaseUrl(baseUrl).url.hostname)?.keyVariable) };
}

function proposalFor(given: Given, found: DetectedServer | undefined, names: readonly string[]): Profile {
  const { baseUrl } = given;
  if (baseUrl === undefined) return { name: '', kind: 'openai' };
  if (found === undefined) return unprobed(baseUrl, names);
  const { capabilities, ...rest } = toProfile(found, names);
  return {
    ...rest,
    ...optional('capabilities', capabilities && { ...capabilities, probedAt: new Date().toISOString() }),
  };
}

/** What the host of the URL says by itself. */
function unprobed(baseUrl: string, names: readonly string[]): Profile {
  const server = hostedService(parseBaseUrl(baseUrl).url.hostname)?.server;
  const kind = server === 'hf-router' ? 'hf' : 'openai';
  const unasked = { kind, baseUrl, models: [], needsKey: false, ...optional('server', server) } as const;
  const { capabilities: _, ...rest } = toProfile(unasked, names);
  return rest;
}

/** Of the kinds, these name the service that is meant when no URL is given. */
const kindsWithService = ['hf', 'demo'];

function checkComplete({ kind, baseUrl }: Profile): void {
  if (baseUrl !== undefined || kindsWithService.includes(kind)) return;
  const hint = '--base-url http://localhost:8080/v1';
  throw new ChatError({ kind: 'usage', what: `a profile of kind ${kind} needs a base URL`, hint });
}

function describe({ server, version, baseUrl, models, contextWindow }: DetectedServer): string {
  const what =
    server === undefined ? 'a server of a kind that is not known here' : [server, version].filter(Boolean).join(' ');
  const count = models.length === 1 ? '1 model' : `${models.length === 0 ? 'no' : models.length} models`;
  const context = contextWindow === undefined ? '' : `, context of ${contextWindow} tokens`;
  return `found ${what} at ${baseUrl}: ${count}${context}`;
}

async function tellOfKey(host: Host, profile: Profile, found: DetectedServer | undefined): Promise<void> {
  if (found?.needsKey !== true) return;
  const hasKey = keyPlace(profile) !== undefined;
  const hint = hasKey
    ? 'and the profile says where: is it set and right?'
    : `banter profiles edit ${profile.name} --api-key-env VARIABLE`;
  await printWarning(host, `it lists its models only with a key (${hint})`);
}
