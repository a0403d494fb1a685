/** One profile as it stands in settings.json. */

import { isJsonObject, type Json, nonEmptyString } from '../core/json.ts';
import { type Capabilities, type Price, type Profile, providerKinds, serverNames } from '../core/profile.ts';
import { isShortName } from '../core/short-name.ts';
import { asBoolean, asCount, asObject, asUrl, fieldsOf, oneOf, pruned } from './fields.ts';

/** Every field of a profile; what else stands in the file is somebody else's and stays. */
export const profileFields = [
  ...['name', 'kind', 'baseUrl', 'model', 'promptFormat', 'apiKeyEnv', 'keyCommand', 'keyName'],
  ...['headers', 'params', 'contextWindow', 'price', 'tools', 'capabilities'],
];

/**
 * A profile whose kind, URL or key source is wrong is left out as a whole: without that field it would be
 * another server, asked with another key.
 */
export function parseProfile(name: string, value: Json | undefined, problems: string[]): Profile | undefined {
  const path = `profiles.${name}`;
  const leaveOut = (what: string): undefined => {
    problems.push(`${path}${what}; the profile is left out`);
    return undefined;
  };
  if (!isShortName(name)) return leaveOut(' is not a name a profile can have');
  if (!isJsonObject(value)) return leaveOut(' is not an object');
  const kind = oneOf(providerKinds)(value.kind);
  if (kind === undefined) return leaveOut(`.kind is none of ${providerKinds.join(', ')}`);
  for (const [field, { parse, wanted }] of Object.entries(decisive)) {
    if (value[field] !== undefined && parse(value[field]) === undefined) return leaveOut(`.${field} is not ${wanted}`);
  }
  const fields = fieldsOf(value, `${path}.`, problems);
  return {
    name,
    kind,
    ...pruned<Omit<Profile, 'name' | 'kind'>>({
      baseUrl: asUrl(value.baseUrl),
      apiKeyEnv: nonEmptyString(value.apiKeyEnv),
      keyCommand: nonEmptyString(value.keyCommand),
      keyName: nonEmptyString(value.keyName),
      model: fields.take('model', nonEmptyString, 'a string'),
      promptFormat: fields.take('promptFormat', nonEmptyString, 'a string'),
      headers: fields.take('headers', asHeaders, 'an object of strings'),
      params: fields.take('params', asObject, 'an object'),
      contextWindow: fields.take('contextWindow', asCount, 'a positive whole number'),
      price: fields.take('price', asPrice, '{ prompt, completion, cached? } in money per million tokens'),
      tools: fields.take('tools', asTexts, 'a list of strings'),
      capabilities: parseCapabilities(fields.take('capabilities', asObject, 'an object'), path, problems),
    }),
  };
}

const decisive = {
  baseUrl: { parse: asUrl, wanted: 'an http(s) URL' },
  apiKeyEnv: { parse: nonEmptyString, wanted: 'the name of a variable' },
  keyCommand: { parse: nonEmptyString, wanted: 'a command' },
  keyName: { parse: nonEmptyString, wanted: 'the name of a key' },
} as const;

function parseCapabilities(value: Json | undefined, path: string, problems: string[]): Capabilities | undefined {
  if (!isJsonObject(value)) return undefined;
  const fields = fieldsOf(value, `${path}.capabilities.`, problems);
  return pruned<Capabilities>({
    server: fields.take('server', oneOf(serverNames), 'a server that is known here'),
    version: fields.take('version', nonEmptyString, 'a string'),
    usageInStream: fields.take('usageInStream', asBoolean, 'true or false'),
    tools: fields.take('tools', asBoolean, 'true or false'),
    parallelTools: fields.take('parallelTools', asBoolean, 'true or false'),
    schema: fields.take('schema', oneOf(['honoured', 'ignored', 'refused']), 'honoured, ignored or refused'),
    reasoningField: fields.take('reasoningField', nonEmptyString, 'a string'),
    probedAt: fields.take('probedAt', nonEmptyString, 'a time'),
  });
}

function asTexts(value: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((text) => typeof text === 'string' && text !== '');
  return texts.length === value.length ? texts : undefined;
}

function asPrice(value: Json | undefined): Price | undefined {
  if (!isJsonObject(value)) return undefined;
  const { prompt, completion, cached } = value;
  if (!isAmount(prompt) || !isAmount(completion)) return undefined;
  if (cached === undefined) return { prompt, completion };
  return isAmount(cached) ? { prompt, completion, cached } : undefined;
}

function isAmount(value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 0;
}

function asHeaders(value: Json | undefined): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(value)) return undefined;
  const headers = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return headers.length === Object.keys(value).length ? Object.fromEntries(headers) : undefined;
}
