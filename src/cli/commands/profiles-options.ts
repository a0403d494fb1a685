/** The options that describe a profile, the same for `profiles add` and `profiles edit`. */

import { type Command, Option } from 'commander';
import { ChatError } from '../../core/error.ts';
import type { JsonObject } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import { type Price, type Profile, type ProviderKind, providerKinds } from '../../core/profile.ts';
import { isShortName } from '../../core/short-name.ts';
import { hasCredential } from '../../providers/headers.ts';
import { parseBaseUrl } from '../../wire/index.ts';
import { collect, collectField, positive, price } from '../flag-values.ts';
import { parseHeaders } from '../resolve-server.ts';
import { readToolWords } from '../tool-words.ts';

export interface ProfileFlags {
  readonly kind?: ProviderKind;
  readonly baseUrl?: string;
  readonly model?: string;
  readonly promptFormat?: string;
  readonly apiKeyEnv?: string;
  readonly keyCommand?: string;
  readonly keyName?: string;
  readonly header?: readonly string[];
  readonly contextWindow?: number;
  readonly price?: Price | 'none';
  readonly option?: JsonObject;
  readonly tool?: readonly string[];
}

export function addProfileOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'the protocol').choices(providerKinds))
    .option('--base-url <url>', 'up to and including /v1')
    .option('-m, --model <model>', 'the model to ask unless -m says otherwise')
    .option('--prompt-format <name>', 'how messages become one prompt, for servers that complete text')
    .option('--api-key-env <variable>', 'the environment variable that holds the key')
    .option('--key-command <command>', 'a command that prints the key, such as: pass show work')
    .option('--key-name <name>', 'a key of the key file: see banter keys')
    .option('-H, --header <line>', "a further request header, 'Name: value' (repeat)", collect)
    .option('--context-window <tokens>', 'how much the model can take', positive)
    .option('--price <in,out[,cached]>', 'money per million tokens, in your currency; none takes it away', price)
    .option('--option <k=json>', 'a field of every request (repeat)', collectField)
    .option('-T, --tool <name>', 'which tools are offered, as -T of a run says it (repeat)', collect);
}

/** The fields that were given. @throws ChatError 'usage' for one that cannot be stored */
export async function readProfileFlags(flags: ProfileFlags): Promise<Partial<Omit<Profile, 'name'>>> {
  const headers = checkedHeaders(flags.header ?? []);
  return {
    ...optional('kind', flags.kind),
    ...optional('baseUrl', flags.baseUrl && checkedBaseUrl(flags.baseUrl)),
    ...optional('model', flags.model),
    ...optional('promptFormat', flags.promptFormat && (await checkedFormat(flags.promptFormat))),
    ...optional('apiKeyEnv', flags.apiKeyEnv && checkedVariable(flags.apiKeyEnv)),
    ...optional('keyCommand', flags.keyCommand && checkedCommand(flags.keyCommand)),
    ...optional('keyName', flags.keyName && checkedKeyName(flags.keyName)),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...optional('contextWindow', flags.contextWindow),
    ...optional('price', flags.price === 'none' ? undefined : flags.price),
    ...optional('params', flags.option),
    ...optional('tools', flags.tool && readToolWords(flags.tool, process.cwd())),
  };
}

/** @throws ChatError 'usage' for no URL, and for one with a password or a key, which would be stored as it is */
function checkedBaseUrl(baseUrl: string): string {
  const { url, userinfo } = parseBaseUrl(baseUrl);
  const hasKey = [...url.searchParams.keys()].some((name) => secretParameter.test(name));
  if (userinfo === undefined && !hasKey) return baseUrl;
  const hint = 'put the key into an environment variable and name it with --api-key-env';
  throw new ChatError({
    kind: 'usage',
    what: `a base URL with a ${hasKey ? 'key' : 'password'} in it would be stored as it is`,
    hint,
  });
}

/** `key`, `api_key`, `access-token`, `sig`, and not `api-version`. */
const secretParameter = /(?:^|[-_]|api|access)(?:key|token|secret|sig|signature)$/i;

async function checkedFormat(name: string): Promise<string> {
  const { findPromptFormat } = await import('../../providers/prompts/index.ts');
  findPromptFormat(name);
  return name;
}

/** Profiles are plain files that are printed and copied: no place for a key. */
function checkedHeaders(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers = parseHeaders(lines);
  const found = Object.keys(headers).find((name) => hasCredential({ [name]: '' }));
  if (found === undefined) return headers;
  const hint = 'put the key into an environment variable and name it with --api-key-env';
  throw new ChatError({ kind: 'usage', what: `a profile does not keep the header ${found}`, hint });
}

/** A key given where the name of its variable is expected would end up in the settings file. */
function checkedVariable(variable: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) return variable;
  const hint = 'export the key there, and name the variable: --api-key-env MY_KEY';
  throw new ChatError({ kind: 'usage', what: '--api-key-env takes the name of a variable', hint });
}

function checkedCommand(command: string): string {
  if (command.trim() !== '') return command;
  throw new ChatError({ kind: 'usage', what: '--key-command takes a command', hint: "--key-command 'pass show work'" });
}

function checkedKeyName(name: string): string {
  if (isShortName(name)) return name;
  const hint = 'store the key with `banter keys set NAME`, then name it: --key-name NAME';
  throw new ChatError({ kind: 'usage', what: '--key-name takes the name of a stored key', hint });
}
