import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { ensureFolder, resolvePaths } from '../../src/store/paths.ts';
import { temporaryFolder } from './folder.ts';

test('without any variable everything lies in the standard folders of the home', () => {
  const paths = resolvePaths({}, '/home/ana');
  assert.equal(paths.settingsFile, '/home/ana/.config/banter/settings.json');
  assert.equal(paths.keysFile, '/home/ana/.config/banter/keys.json');
  assert.equal(paths.conversationsDir, '/home/ana/.local/share/banter/conversations');
  assert.equal(paths.inputHistoryFile, '/home/ana/.local/state/banter/input-history.jsonl');
});

test('absolute XDG folders are used and relative or empty ones ignored', () => {
  const env = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: 'relative', XDG_STATE_HOME: '' };
  const paths = resolvePaths(env, '/home/ana');
  assert.equal(paths.configDir, '/c/banter');
  assert.equal(paths.dataDir, '/home/ana/.local/share/banter');
  assert.equal(paths.stateDir, '/home/ana/.local/state/banter');
});

test('BANTER_HOME holds everything and comes before XDG', () => {
  const paths = resolvePaths({ BANTER_HOME: '/b', XDG_CONFIG_HOME: '/c' }, '');
  assert.ok(Object.values(paths).every((path) => path === '/b' || path.startsWith('/b/')));
});

test('without a home nothing is looked for in the working directory', () => {
  assert.throws(
    () => resolvePaths({}, ''),
    (error) => isChatError(error, 'config'),
  );
  const env = { XDG_CONFIG_HOME: '/c', XDG_DATA_HOME: '/d', XDG_STATE_HOME: '/s' };
  assert.equal(resolvePaths(env, '').dataDir, '/d/banter');
});

for (const umask of [0o000, 0o022, 0o077]) {
  test(`folders are 0700 under umask ${umask.toString(8)}`, () => {
    const folder = join(temporaryFolder(), 'a', 'banter', 'conversations');
    const before = process.umask(umask);
    try {
      ensureFolder(folder);
    } finally {
      process.umask(before);
    }
    for (const path of [folder, join(folder, '..'), join(folder, '../..')]) {
      assert.equal(statSync(path).mode & 0o777, 0o700);
    }
  });
}

test('a wider folder of ours is tightened, and one that only holds ours is left alone', () => {
  const shared = join(temporaryFolder(), 'shared');
  const ours = join(shared, 'banter');
  mkdirSync(ours, { recursive: true });
  chmodSync(shared, 0o777);
  chmodSync(ours, 0o755);
  ensureFolder(shared);
  ensureFolder(ours);
  assert.equal(statSync(shared).mode & 0o777, 0o777);
  assert.equal(statSync(ours).mode & 0o777, 0o700);
});

test('a file where the folder belongs is a storage error that names it', () => {
  const path = join(temporaryFolder(), 'banter');
  writeFileSync(path, '');
  for (const folder of [path, join(path, 'conversations')]) {
    assert.throws(
      () => ensureFolder(folder),
      (error) => isChatError(error, 'storage') && error.message.startsWith(folder),
    );
  }
});
