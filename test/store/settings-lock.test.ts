import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { ensureFolder } from '../../src/store/paths.ts';
import { addProfile } from '../../src/store/profiles.ts';
import { readSettings, type Settings } from '../../src/store/settings.ts';
import { updateSettings } from '../../src/store/settings-write.ts';
import { buildProgram, runProgram, temporaryPaths } from './folder.ts';

const withLocal = (settings: Settings): Settings =>
  addProfile(settings, { name: 'local', kind: 'openai', baseUrl: 'http://localhost:8080/v1' });

test('a lock in use is waited for and then reported; nothing is written', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  mkdirSync(join(paths.configDir, 'settings.lock'));
  await assert.rejects(
    updateSettings(paths, withLocal),
    (error) => isChatError(error, 'config') && /another banter is writing/.test(error.message),
  );
  assert.equal(existsSync(paths.settingsFile), false);
});

for (const [name, seconds] of [
  ['a process that died', 1000],
  ['a clock that was set back', 4_000_000_000],
] as const) {
  test(`the lock of ${name} is taken over`, async () => {
    const paths = temporaryPaths();
    const lock = join(paths.configDir, 'settings.lock');
    for (const path of [lock, `${lock}.takeover`]) {
      mkdirSync(path, { recursive: true });
      utimesSync(path, seconds, seconds);
    }
    await updateSettings(paths, withLocal);
    assert.deepEqual(readdirSync(paths.configDir).sort(), ['settings.json', 'settings.json.bak']);
    assert.equal(Object.keys(readSettings(paths).settings.profiles).length, 1);
  });
}

test('of eight processes that find a dead lock at once none loses a change', async () => {
  const paths = temporaryPaths();
  const lock = join(paths.configDir, 'settings.lock');
  mkdirSync(lock, { recursive: true });
  utimesSync(lock, 1000, 1000);
  const program = buildProgram('change-settings');
  const runs = Array.from({ length: 8 }, (_, n) => runProgram(program, paths.configDir, `p${n}`, '2'));
  for (const { ended } of runs) assert.equal(await ended, 0);
  assert.equal(Object.keys(readSettings(paths).settings.profiles).length, 16);
});
