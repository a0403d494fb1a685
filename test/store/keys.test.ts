import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { readKeys, removeKey, storeKey } from '../../src/store/keys.ts';
import { ensureFolder, type Paths } from '../../src/store/paths.ts';
import { temporaryPaths } from './folder.ts';

function pathsWith(text: string): Paths {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  writeFileSync(paths.keysFile, text, { mode: 0o600 });
  return paths;
}

test('without a file there are no keys and nothing is created', () => {
  const paths = temporaryPaths();
  assert.equal(readKeys(paths).size, 0);
  assert.equal(existsSync(paths.configDir), false);
});

test('keys are stored, replaced and removed, in a file for its owner alone, and nothing is left beside it', async () => {
  const paths = temporaryPaths();
  await storeKey(paths, 'work', 'one');
  await storeKey(paths, 'home', 'two');
  await storeKey(paths, 'work', 'three');
  assert.deepEqual([...readKeys(paths)], [...Object.entries({ work: 'three', home: 'two' })]);
  assert.equal(statSync(paths.keysFile).mode & 0o777, 0o600);
  await removeKey(paths, 'work');
  assert.deepEqual(JSON.parse(readFileSync(paths.keysFile, 'utf8')), { home: 'two' });
  assert.deepEqual(readdirSync(paths.configDir), ['keys.json']);
});

test('ten that store at once lose none', async () => {
  const paths = temporaryPaths();
  const names = Array.from({ length: 10 }, (_, n) => `k${n}`);
  await Promise.all(names.map((name) => storeKey(paths, name, `key-of-${name}`)));
  assert.deepEqual([...readKeys(paths).keys()].sort(), names);
});

test('what is no text under a name is no key, and survives a change', async () => {
  const paths = pathsWith('\ufeff{"a":"x","b":7,"c":""}');
  assert.deepEqual([...readKeys(paths)], [['a', 'x']]);
  await storeKey(paths, 'd', 'y');
  assert.deepEqual(JSON.parse(readFileSync(paths.keysFile, 'utf8')), { a: 'x', b: 7, c: '', d: 'y' });
});

test('a damaged file is an error to read, and the next key moves it aside without losing a byte', async () => {
  const paths = pathsWith('{"work": "half of');
  assert.throws(
    () => readKeys(paths),
    (error) => isChatError(error, 'config') && !error.message.includes('half of'),
  );
  const aside = await storeKey(paths, 'new', 'key');
  assert.match(aside ?? '', /keys\.corrupt-\d{8}T\d{6}Z\.json$/);
  assert.equal(readFileSync(aside ?? '', 'utf8'), '{"work": "half of');
  assert.deepEqual([...readKeys(paths)], [['new', 'key']]);
});

test('a file that others can read is made private when it is read', () => {
  const paths = pathsWith('{"a":"x"}');
  chmodSync(paths.keysFile, 0o644);
  readKeys(paths);
  assert.equal(statSync(paths.keysFile).mode & 0o777, 0o600);
});

test('names that no key can have, and keys that are not there, are refused without repeating them', async () => {
  const paths = pathsWith('{"work":"x"}');
  for (const name of ['sk-secret secret', '../x', '', '__proto__']) {
    await assert.rejects(storeKey(paths, name, 'key'), (error) => isChatError(error, 'usage'));
  }
  for (const name of ['sk-secret', 'constructor']) {
    await assert.rejects(
      removeKey(paths, name),
      (error) => isChatError(error, 'config') && !error.message.includes(name) && error.message.includes('work'),
    );
  }
});
