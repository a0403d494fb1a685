import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { Profile } from '../../src/core/profile.ts';
import {
  addProfile,
  builtInProfiles,
  findProfile,
  listProfiles,
  removeProfile,
  setDefaultProfile,
} from '../../src/store/profiles.ts';
import type { Settings } from '../../src/store/settings.ts';

const none: Settings = { profiles: {} };
const local: Profile = { name: 'local', kind: 'openai', baseUrl: 'http://localhost:8080/v1' };

test('the built-in profiles work without settings and come after the own ones', () => {
  assert.equal(findProfile(none, 'openai'), builtInProfiles.openai);
  const names = listProfiles(addProfile(none, local)).map((profile) => profile.name);
  assert.deepEqual(names, ['local', 'openai', 'hf', 'demo']);
});

test('an unknown profile is answered with the names there are, the nearest first', () => {
  assert.throws(
    () => findProfile(addProfile(none, local), 'Lokal'),
    (error) => isChatError(error, 'config') && /"Lokal".*there are local, /.test(error.message),
  );
  for (const name of ['constructor', '__proto__', 'toString', '']) {
    assert.throws(
      () => findProfile(none, name),
      (error) => isChatError(error, 'config'),
    );
  }
});

test('a name that is taken, built in or unfit is refused', () => {
  const settings = addProfile(none, local);
  for (const name of ['local', 'openai', 'HF', 'demo', 'a b', '../x', '', '-x', '__proto__', 'x'.repeat(65)]) {
    assert.throws(
      () => addProfile(settings, { ...local, name }),
      (error) => isChatError(error, 'usage'),
    );
  }
});

test('removing the default leaves no default, removing another keeps it', () => {
  const settings = setDefaultProfile(addProfile(addProfile(none, local), { ...local, name: 'other' }), 'local');
  assert.equal(settings.defaultProfile, 'local');
  assert.deepEqual(removeProfile(settings, 'other'), { defaultProfile: 'local', profiles: { local } });
  assert.deepEqual(removeProfile(removeProfile(settings, 'local'), 'other'), none);
});

test('a built-in profile cannot be removed, and an unknown one neither removed nor used', () => {
  assert.throws(
    () => removeProfile(none, 'openai'),
    (error) => isChatError(error, 'usage'),
  );
  for (const change of [removeProfile, setDefaultProfile]) {
    assert.throws(
      () => change(none, 'nothing'),
      (error) => isChatError(error, 'config'),
    );
  }
});

test('a profile without a URL means the service of its kind with that key, one with a URL gets no key', () => {
  const settings = addProfile(addProfile(none, { name: 'fast', kind: 'hf', model: 'm' }), local);
  assert.deepEqual(findProfile(settings, 'fast'), { ...builtInProfiles.hf, name: 'fast', model: 'm' });
  assert.equal(findProfile(settings, 'local').apiKeyEnv, undefined);
});

test('a profile of a kind that names no service stays as it is', () => {
  const profile: Profile = { name: 'box', kind: 'tgi', promptFormat: 'llama2' };
  assert.deepEqual(findProfile(addProfile(none, profile), 'box'), profile);
});
