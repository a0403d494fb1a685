/** `banter profiles test`: asks a server what it is and what it can do, and keeps the answer with the profile. */

import type { Command } from 'commander';
import { ChatError } from '../../core/error.ts';
import { optional } from '../../core/optional.ts';
import type { Profile } from '../../core/profile.ts';
import { openMemory } from '../../store/learned.ts';
import { replaceProfile } from '../../store/profiles.ts';
import type { Settings } from '../../store/settings.ts';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { parseBaseUrl } from '../../wire/index.ts';
import { networkOf } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import { withKey } from '../find-server.ts';
import { addNetworkOptions, type NetworkOptions } from '../flags.ts';
import type { Host } from '../host.ts';
import { noServer, resolveServer } from '../resolve-server.ts';
import { settingsOf } from '../settings-of.ts';
import { type Survey, survey } from '../survey.ts';
import { printLine, printTable, printWarning } from './print-line.ts';
import { changeSettings } from './settings-change.ts';

interface TestFlags extends NetworkOptions {
  readonly json?: true;
}

export function testCommand(profiles: Command, host: Host, setCode: (code: number) => void): void {
  const command = profiles
    .command('test')
    .description('ask a server what it is and can do, by a few short chats, and keep the answer')
    .argument('[name]', 'the default profile when left out')
    .option('--json', 'as JSON')
    .action(async (name: string | undefined, flags: TestFlags) =>
      setCode(await runUntilEnd(host, undefined, ({ signal }) => runTest(host, name, { ...flags, signal }))),
    );
  addNetworkOptions(command);
}

async function runTest(
  host: Host,
  name: string | undefined,
  { json, signal, ...network }: TestFlags & { readonly signal: AbortSignal },
): Promise<number> {
  const settings = await settingsOf(host);
  const choice = resolveServer({ ...optional('profile', name), header: [] }, host.environment, settings);
  if (choice === undefined) throw noServer(settings);
  const { profile } = choice;
  const { baseUrl } = profile;
  if (profile.kind === 'demo' || baseUrl === undefined) {
    const hint = 'it is scripted and asks no server';
    throw new ChatError({ kind: 'usage', what: `profile "${profile.name}" cannot be tested`, hint });
  }

  const server = await withKey(host, choice, { signal });
  const result = await survey(server, { baseUrl, network: networkOf(host, network), signal });
  // What was refused once may be taken now; the next run finds out.
  openMemory(host.paths, () => new Date()).forget(parseBaseUrl(baseUrl).target, result.model ?? '');
  const isOwn = Object.hasOwn(settings.profiles, profile.name);
  if (isOwn) await changeSettings(host, (current) => withFindings(current, profile.name, result));

  if (json === true) {
    await printLine(host, safeJson(toJson(profile, result), 2));
    return exitCodes.done;
  }
  await printLine(host, sanitizeLine(`${profile.name}: ${baseUrl}`));
  await printTable(host, toRows(result));
  const { kind } = result.found;
  if (kind !== profile.kind && kind !== 'openai') {
    await printWarning(host, `its own protocol fits better: banter profiles edit ${profile.name} --kind ${kind}`);
  }
  if (isOwn) await printLine(host, safe`stored in profile ${sanitizeLine(profile.name)}`);
  return exitCodes.done;
}

function withFindings(settings: Settings, name: string, result: Survey): Settings {
  const profile = Object.hasOwn(settings.profiles, name) ? settings.profiles[name] : undefined;
  // It was removed while the server was asked.
  if (profile === undefined) return settings;
  const contextWindow = profile.contextWindow ?? contextOf(result);
  return replaceProfile(settings, {
    ...profile,
    ...optional('contextWindow', contextWindow),
    capabilities: result.capabilities,
  });
}

/** In tokens: of the server as it was started, else of the model. */
function contextOf({ found, model }: Survey): number | undefined {
  return found.contextWindow ?? found.models.find(({ id }) => id === model)?.contextWindow;
}

function toJson(profile: Profile, { found, model, capabilities }: Survey): object {
  const { baseUrl, kind, models, contextWindow, needsKey } = found;
  return { profile: profile.name, baseUrl, kind, model: model ?? null, models, contextWindow, needsKey, capabilities };
}

function toRows(result: Survey): readonly (readonly string[])[] {
  const { found, model, capabilities } = result;
  const { server, version, usageInStream, tools, parallelTools, schema, reasoningField } = capabilities;
  const context = contextOf(result);
  const several = parallelTools === undefined ? '' : parallelTools ? ', several at once' : ', one at a time';
  return [
    ['  server', server === undefined ? 'not known' : [server, version].filter(Boolean).join(' ')],
    ['  model', `${model ?? 'none named'}${found.models.length > 1 ? `, one of ${found.models.length}` : ''}`],
    ['  context', context === undefined ? 'not known' : `${context} tokens`],
    ['  usage', yesOrNo(usageInStream, 'counted in streams', 'not counted in streams')],
    ['  tools', `${yesOrNo(tools, 'yes', 'no')}${several}`],
    ['  schema', schema ?? 'not known'],
    ['  reasoning', reasoningField === undefined ? 'none seen' : `in ${reasoningField}`],
  ];
}

function yesOrNo(value: boolean | undefined, yes: string, no: string): string {
  return value === undefined ? 'not known' : value ? yes : no;
}
