import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Environment,
  noServer,
  parseHeaders,
  resolveServer,
  type Choice as ServerChoice,
  type ServerFlags,
} from '../../src/cli/resolve-server.ts';
import { type ChatError, isChatError } from '../../src/core/error.ts';
import { builtInProfiles } from '../../src/store/profiles.ts';
import type { Settings } from '../../src/store/settings.ts';

const work = {
  name: 'work',
  kind: 'openai',
  baseUrl: 'http://team/v1',
  model: 'work-model',
  apiKeyEnv: 'WORK_KEY',
  headers: { 'x-team': 'blue' },
} as const;
const home = { name: 'home', kind: 'openai', baseUrl: 'http://home/v1' } as const;
const settings: Settings = { profiles: { work, home } };
const withDefault: Settings = { ...settings, defaultProfile: 'work' };

function resolve(
  flags: Partial<ServerFlags>,
  environment: Environment = {},
  from: Settings = settings,
): ServerChoice | undefined {
  return resolveServer({ header: [], ...flags }, environment, from);
}

function refusal(run: () => unknown): ChatError {
  try {
    run();
  } catch (error) {
    assert.ok(isChatError(error), String(error));
    return error;
  }
  return assert.fail('it was accepted');
}

interface Choice {
  readonly flags?: Partial<ServerFlags>;
  readonly environment?: Environment;
  readonly settings?: Settings;
  readonly asks: string | undefined;
}

const everyVariable = { OPENAI_API_KEY: 'k-openai', HF_TOKEN: 'k-hf', WORK_KEY: 'k-work' };
const choices: Readonly<Record<string, Choice>> = {
  'nothing is configured: no server': { asks: undefined },
  '-P names a profile': { flags: { profile: 'home' }, asks: 'home http://home/v1' },
  '-P goes before BANTER_PROFILE': {
    flags: { profile: 'home' },
    environment: { BANTER_PROFILE: 'work' },
    asks: 'home http://home/v1',
  },
  '-P goes before BANTER_BASE_URL': {
    flags: { profile: 'home' },
    environment: { BANTER_BASE_URL: 'http://env/v1' },
    asks: 'home http://home/v1',
  },
  '--base-url is a server of its own': { flags: { baseUrl: 'http://flag/v1' }, asks: 'ad-hoc http://flag/v1' },
  '--base-url goes before BANTER_BASE_URL': {
    flags: { baseUrl: 'http://flag/v1' },
    environment: { BANTER_BASE_URL: 'http://env/v1' },
    asks: 'ad-hoc http://flag/v1',
  },
  '--base-url goes before BANTER_PROFILE': {
    flags: { baseUrl: 'http://flag/v1' },
    environment: { BANTER_PROFILE: 'work' },
    asks: 'ad-hoc http://flag/v1',
  },
  '--base-url goes before the default profile': {
    flags: { baseUrl: 'http://flag/v1' },
    settings: withDefault,
    asks: 'ad-hoc http://flag/v1',
  },
  '--base-url beside -P is that profile elsewhere': {
    flags: { baseUrl: 'http://flag/v1', profile: 'home' },
    asks: 'home http://flag/v1',
  },
  'BANTER_PROFILE goes before the default profile': {
    environment: { BANTER_PROFILE: 'home' },
    settings: withDefault,
    asks: 'home http://home/v1',
  },
  'BANTER_BASE_URL goes before the default profile': {
    environment: { BANTER_BASE_URL: 'http://env/v1' },
    settings: withDefault,
    asks: 'ad-hoc http://env/v1',
  },
  'the default profile goes before what the environment implies': {
    environment: everyVariable,
    settings: withDefault,
    asks: 'work http://team/v1',
  },
  'OPENAI_API_KEY implies openai, also beside HF_TOKEN': {
    environment: everyVariable,
    asks: `openai ${builtInProfiles.openai.baseUrl}`,
  },
  'OPENAI_BASE_URL alone implies openai there': {
    environment: { OPENAI_BASE_URL: 'http://own/v1' },
    asks: 'openai http://own/v1',
  },
  'HF_TOKEN implies hf': { environment: { HF_TOKEN: 'k-hf' }, asks: `hf ${builtInProfiles.hf.baseUrl}` },
  'a variable that is empty counts as not set': {
    environment: {
      OPENAI_API_KEY: '',
      OPENAI_BASE_URL: '',
      HF_TOKEN: '',
      BANTER_PROFILE: '',
      BANTER_BASE_URL: '',
      BANTER_MODEL: '',
    },
    asks: undefined,
  },
  'the demo has no URL': { flags: { profile: 'demo' }, asks: 'demo undefined' },
};

for (const [name, { flags = {}, environment = {}, settings: from = settings, asks }] of Object.entries(choices)) {
  test(`which server: ${name}`, () => {
    const server = resolve(flags, environment, from);
    assert.equal(server && `${server.profile.name} ${server.profile.baseUrl}`, asks);
  });
}

test('the model: flag, then BANTER_MODEL, then the profile', () => {
  const model = (flags: Partial<ServerFlags>, environment: Environment): string | undefined =>
    resolve(flags, { WORK_KEY: 'k-work', ...environment }, withDefault)?.profile.model;
  assert.equal(model({ model: 'a' }, { BANTER_MODEL: 'b' }), 'a');
  assert.equal(model({}, { BANTER_MODEL: 'b' }), 'b');
  assert.equal(model({}, { BANTER_MODEL: '' }), 'work-model');
  assert.equal(model({}, {}), 'work-model');
  assert.equal(model({ profile: 'work' }, { BANTER_MODEL: 'b' }), 'work-model', 'a profile that a flag names is whole');
  assert.ok(!('model' in (resolve({ profile: 'home' })?.profile ?? {})));
});

test('a server behind OPENAI_BASE_URL is not asked for a model of OpenAI', () => {
  const environment = { OPENAI_BASE_URL: 'http://own/v1' };
  assert.equal(resolve({}, environment)?.profile.model, undefined);
  assert.equal(resolve({ profile: 'openai' }, environment)?.profile.model, undefined);
  assert.equal(resolve({ model: 'mine' }, environment)?.profile.model, 'mine');
  assert.equal(resolve({}, { OPENAI_API_KEY: 'k' })?.profile.model, builtInProfiles.openai.model);
});

test('OPENAI_BASE_URL moves no profile but the built-in openai', () => {
  const environment = { OPENAI_BASE_URL: 'http://own/v1', ...everyVariable };
  assert.equal(resolve({ profile: 'work' }, environment)?.profile.baseUrl, work.baseUrl);
  assert.equal(resolve({ profile: 'hf' }, environment)?.profile.baseUrl, builtInProfiles.hf.baseUrl);
});

test('a URL by flag or by environment is ad hoc, with or without a profile: find-key gives it no key', () => {
  const environment = { ...everyVariable, OPENAI_BASE_URL: 'http://own/v1' };
  assert.equal(resolve({ baseUrl: 'http://flag/v1' }, environment)?.adHoc, true);
  assert.equal(resolve({ baseUrl: 'http://flag/v1', profile: 'work' }, environment)?.adHoc, true);
  assert.equal(resolve({}, { ...environment, BANTER_BASE_URL: 'http://env/v1' })?.adHoc, true);
  assert.equal(resolve({ baseUrl: 'http://flag/v1' }, environment, withDefault)?.adHoc, true);
  assert.equal(resolve({}, environment)?.adHoc, false);
  assert.equal(resolve({ profile: 'work' }, environment)?.adHoc, false);
});

test('an unknown profile is a configuration error that lists the others, the nearest first', () => {
  for (const [flags, environment, from] of [
    [{ profile: 'wrok' }, {}, settings],
    [{}, { BANTER_PROFILE: 'wrok' }, settings],
    [{}, everyVariable, { ...settings, defaultProfile: 'wrok' }],
  ] as const) {
    const error = refusal(() => resolve(flags, environment, from));
    assert.equal(error.kind, 'config');
    assert.match(error.message, /no profile "wrok" \(there are work, /);
  }
});

test('headers of the flags are added to those of the profile and go before them', () => {
  const headers = (...header: string[]) => resolve({ profile: 'work', header }, everyVariable)?.profile.headers;
  assert.deepEqual(headers(), { 'x-team': 'blue' });
  assert.deepEqual(headers('X-Title: notes'), { 'x-team': 'blue', 'x-title': 'notes' });
  assert.deepEqual(headers('X-Team: red'), { 'x-team': 'red' });
  assert.deepEqual(Object.entries(headers('__proto__: x') ?? {}).at(-1), ['__proto__', 'x']);
  assert.ok(!('headers' in (resolve({ profile: 'home' })?.profile ?? {})));
});

test('what a profile sends to its own server is not sent to another one', () => {
  const headers = (flags: Partial<ServerFlags>, environment: Environment): unknown =>
    resolve(flags, { ...everyVariable, ...environment }, withDefault)?.profile.headers;
  assert.equal(headers({ profile: 'work', baseUrl: 'http://flag/v1' }, {}), undefined);
  assert.equal(headers({}, { BANTER_PROFILE: 'work', BANTER_BASE_URL: 'http://env/v1' }), undefined);
  assert.deepEqual(headers({ baseUrl: 'http://flag/v1', header: ['A: b'] }, {}), { a: 'b' });
});

test('the profile in the settings is not changed', () => {
  resolve({ profile: 'work', model: 'other', header: ['x-team: red'] }, everyVariable);
  assert.equal(work.model, 'work-model');
  assert.deepEqual(work.headers, { 'x-team': 'blue' });
});

test('a header is a name, a colon and a value that may hold colons or nothing', () => {
  assert.deepEqual(parseHeaders(['A: b', 'X-Url:http://host:1/', 'Empty:', 'a: last']), {
    a: 'last',
    'x-url': 'http://host:1/',
    empty: '',
  });
});

test('a line that is no header is refused, and not repeated: it may be a key', () => {
  for (const line of ['', 'no colon', ': secret', 'a b: c', 'X-Key: a\r\nInjected: b', 'X-Key: a\n', 'é: x']) {
    const error = refusal(() => parseHeaders([line]));
    assert.equal(error.kind, 'usage');
    assert.ok(line === '' || !error.message.includes(line));
  }
});

test('no server at all is a configuration error that names three ways out', () => {
  const { kind, message } = noServer({ profiles: {} });
  assert.equal(kind, 'config');
  for (const way of [/OPENAI_API_KEY/, /HF_TOKEN/, /banter profiles add/, /banter -P demo/]) assert.match(message, way);
});

test('with profiles and no default the error names them and how to choose', () => {
  const { kind, message } = noServer(settings);
  assert.equal(kind, 'config');
  assert.match(message, /^no profile is the default .*banter profiles use NAME: home, work/);
});
