import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findKey, type KeyPlaces } from '../../src/cli/find-key.ts';
import { runKeyCommand } from '../../src/cli/key-command.ts';
import type { KeyFlag } from '../../src/cli/key-flag.ts';
import type { Choice } from '../../src/cli/resolve-server.ts';
import { isChatError } from '../../src/core/error.ts';
import { optional } from '../../src/core/optional.ts';
import type { Profile } from '../../src/core/profile.ts';
import { storeKey } from '../../src/store/keys.ts';
import { builtInProfiles } from '../../src/store/profiles.ts';
import { temporaryFolder, temporaryPaths } from '../store/folder.ts';
import { gone, pidIn } from '../support/processes.ts';

const { PATH } = process.env;

function places(environment: Readonly<Record<string, string>> = {}): KeyPlaces {
  // Nothing of the machine's own is found: the token of huggingface_hub is looked for here.
  return { environment: { PATH, HF_HOME: '/nonexistent', ...environment }, paths: temporaryPaths() };
}

const going = new AbortController().signal;
const keyOf = (host: KeyPlaces, choice: Choice, flag?: KeyFlag) =>
  findKey(host, choice, { signal: going, ...optional('flag', flag) });

const base: Profile = { name: 'work', kind: 'openai', baseUrl: 'http://localhost:8080/v1' };
const chosen = (fields: Partial<Profile>) => ({ profile: { ...base, ...fields }, adHoc: false });

test('a profile that names no place wants no key', async () => {
  assert.equal(await keyOf(places({ OPENAI_API_KEY: 'x' }), chosen({})), undefined);
});

test('the variable comes before the command, and the command before the key file', async () => {
  const profile = { apiKeyEnv: 'K', keyCommand: 'echo from-command', keyName: 'work' };
  const host = places({ K: ' from-variable\n' });
  await storeKey(host.paths, 'work', 'from-file');
  assert.deepEqual(await keyOf(host, chosen(profile)), { value: 'from-variable', source: '$K' });
  const unset = { ...host, environment: { PATH, K: '' } };
  assert.equal((await keyOf(unset, chosen(profile)))?.value, 'from-command');
  assert.equal((await keyOf(unset, chosen({ apiKeyEnv: 'K', keyName: 'work' })))?.value, 'from-file');
});

test('without a key in any of its places the error says how to put one there', async () => {
  await assert.rejects(
    keyOf(places(), chosen({ apiKeyEnv: 'K', keyName: 'work' })),
    (error) => isChatError(error, 'auth') && /set K.*banter keys set work/.test(error.message),
  );
});

test('an ad hoc URL gets no key but the one that --key names', async () => {
  const host = places({ K: 'secret', OPENAI_API_KEY: 'other' });
  await storeKey(host.paths, 'stored', 'from-file');
  const adHoc = { profile: { ...base, apiKeyEnv: 'K', keyName: 'stored' }, adHoc: true };
  assert.equal(await keyOf(host, adHoc), undefined);
  assert.equal((await keyOf(host, adHoc, { from: 'environment', variable: 'K' }))?.value, 'secret');
  assert.equal((await keyOf(host, adHoc, { from: 'file', name: 'stored' }))?.value, 'from-file');
  assert.equal((await keyOf(host, adHoc, { from: 'stdin', value: 'piped' }))?.value, 'piped');
  await assert.rejects(
    keyOf(host, adHoc, { from: 'file', name: 'mistyped' }),
    (error) => isChatError(error, 'config') && /stored/.test(error.message) && !/mistyped/.test(error.message),
  );
});

test('a key that cannot be sent is refused and never shown', async () => {
  for (const key of ['one\ntwo', 'one\r\ntwo', 'schl\u00fcssel', 'dash\u2013ed', 'two words', 'bell\x07']) {
    await assert.rejects(
      keyOf(places({ K: key }), chosen({ apiKeyEnv: 'K' })),
      (error) => isChatError(error, 'config') && /\$K/.test(error.message) && !error.message.includes(key.slice(0, 4)),
    );
  }
});

test('the Hugging Face token is found where huggingface_hub finds it, in its order, and goes to no other server', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'huggingface'));
  writeFileSync(join(folder, 'huggingface', 'token'), 'hf_file\n');
  writeFileSync(join(folder, 'elsewhere'), 'hf_named\n');
  const hf = { profile: builtInProfiles.hf, adHoc: false };
  const keyIn = async (environment: Readonly<Record<string, string>>) =>
    (await keyOf({ environment, paths: temporaryPaths() }, hf))?.value;
  const all = { HF_TOKEN: 'hf_a', HUGGING_FACE_HUB_TOKEN: 'hf_b', XDG_CACHE_HOME: folder };
  assert.equal(await keyIn(all), 'hf_a');
  assert.equal(await keyIn({ ...all, HF_TOKEN: '' }), 'hf_b');
  assert.equal(await keyIn({ XDG_CACHE_HOME: folder }), 'hf_file');
  assert.equal(await keyIn({ HF_HOME: join(folder, 'huggingface') }), 'hf_file');
  assert.equal(await keyIn({ XDG_CACHE_HOME: folder, HF_TOKEN_PATH: join(folder, 'elsewhere') }), 'hf_named');
  const other = { profile: { ...builtInProfiles.hf, baseUrl: base.baseUrl ?? '', keyName: 'none' }, adHoc: false };
  const host = { environment: { XDG_CACHE_HOME: folder }, paths: temporaryPaths() };
  await assert.rejects(keyOf(host, other), (error) => isChatError(error, 'auth'));
});

test('a key command gives its one line; one that fails, prints nothing or too much is named without its words', async () => {
  const of = (keyCommand: string) => keyOf(places({ SECRET: 'sesame' }), chosen({ keyCommand }));
  assert.equal((await of('printf "  %s\\n" "$SECRET"'))?.value, 'sesame');
  for (const [command, says] of [
    ['echo sesame >&2; echo sesame; exit 3', /ended with 3/],
    ['true', /printed nothing/],
    ['printf "sesame\\nsesame2\\n"', /more than one line \(the command/],
    ['no-such-program-here', /ended with 127/],
    ['kill -9 $$', /ended by SIGKILL/],
    ['yes sesame', /more than any key/],
    // There is no terminal to ask on.
    ['read -r answer < /dev/tty; echo "$answer"', /printed nothing|ended with/],
  ] as const) {
    await assert.rejects(
      of(command),
      (error) => isChatError(error, 'config') && says.test(error.message) && !error.message.includes('sesame'),
      command,
    );
  }
});

test('a key command that hangs is ended with all it started', async () => {
  const started = process.hrtime.bigint();
  const answer = await runKeyCommand('sleep 30 & sleep 30; wait', {
    environment: { PATH },
    limitMs: 50,
    signal: going,
  });
  assert.deepEqual(answer, { kind: 'failed', how: 'did not end within 0.05 s' });
  assert.ok(process.hrtime.bigint() - started < 20_000_000_000n);
});

test('a key command is ended with all it started when the run is, and is not begun after that', async () => {
  const folder = temporaryFolder();
  const stop = new AbortController();
  const command = `sleep 30 & echo $! > ${join(folder, 'pid')}; wait`;
  const asked = findKey(places(), chosen({ keyCommand: command }), { signal: stop.signal });
  const pid = await pidIn(join(folder, 'pid'));
  stop.abort();
  await assert.rejects(asked, (error) => isChatError(error, 'aborted'));
  await gone(pid);

  const late = findKey(places(), chosen({ keyCommand: `touch ${join(folder, 'late')}` }), { signal: stop.signal });
  await assert.rejects(late, (error) => isChatError(error, 'aborted'));
  assert.equal(existsSync(join(folder, 'late')), false);
});
