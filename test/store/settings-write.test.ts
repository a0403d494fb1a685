import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { ensureFolder } from '../../src/store/paths.ts';
import { addProfile, removeProfile, setDefaultProfile } from '../../src/store/profiles.ts';
import { readSettings, type Settings } from '../../src/store/settings.ts';
import { updateSettings } from '../../src/store/settings-write.ts';
import { buildProgram, mountSmallDisk, runProgram, temporaryFolder, temporaryPaths } from './folder.ts';

const withLocal = (settings: Settings): Settings =>
  addProfile(settings, { name: 'local', kind: 'openai', baseUrl: 'http://localhost:8080/v1' });

const program = buildProgram('change-settings');

test('four processes that write 50 times each lose none of 200 changes', async () => {
  const paths = temporaryPaths();
  const runs = ['a', 'b', 'c', 'd'].map((name) => runProgram(program, paths.configDir, name, '50'));
  assert.deepEqual(await Promise.all(runs.map(({ ended }) => ended)), [0, 0, 0, 0]);
  const { settings, notices } = readSettings(paths);
  assert.equal(Object.keys(settings.profiles).length, 200);
  assert.deepEqual(notices, []);
  assert.deepEqual(readdirSync(paths.configDir).sort(), ['settings.json', 'settings.json.bak']);
});

test('files are 0600 and folders 0700 under every umask', async () => {
  for (const umask of ['000', '022', '077']) {
    const paths = temporaryPaths();
    assert.equal(await runProgram(program, paths.configDir, 'a', '2', umask).ended, 0);
    assert.equal(statSync(paths.configDir).mode & 0o777, 0o700);
    for (const name of readdirSync(paths.configDir)) {
      assert.equal(statSync(join(paths.configDir, name)).mode & 0o777, 0o600, `${name} under ${umask}`);
    }
  }
});

test('a change is read back, and the copy of it as well', async () => {
  const paths = temporaryPaths();
  await updateSettings(paths, (settings) => setDefaultProfile(withLocal(settings), 'local'));
  const { settings } = readSettings(paths);
  assert.equal(settings.defaultProfile, 'local');
  assert.equal(readFileSync(`${paths.settingsFile}.bak`, 'utf8'), readFileSync(paths.settingsFile, 'utf8'));
  await updateSettings(paths, (current) => removeProfile(current, 'local'));
  assert.deepEqual(readSettings(paths).settings, { profiles: {} });
});

test('what this version does not know or could not read survives a change', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  const before = {
    version: 1,
    theme: { colour: 'green' },
    profiles: { odd: { kind: 'telnet' }, local: { kind: 'hf', rating: 3 }, 'two words': 1 },
    weather: { url: 'http://w', units: 'metric' },
  };
  writeFileSync(paths.settingsFile, JSON.stringify(before));
  await updateSettings(paths, (settings) => ({
    ...settings,
    defaultProfile: 'local',
    profiles: { ...settings.profiles, local: { name: 'local', kind: 'hf', model: 'm' } },
    weather: { geocodingUrl: 'http://g' },
  }));
  assert.deepEqual(JSON.parse(readFileSync(paths.settingsFile, 'utf8')), {
    version: 1,
    theme: { colour: 'green' },
    profiles: { odd: { kind: 'telnet' }, local: { rating: 3, kind: 'hf', model: 'm' }, 'two words': 1 },
    weather: { units: 'metric', geocodingUrl: 'http://g' },
    defaultProfile: 'local',
  });
});

test('a change that changes nothing writes nothing, and one that is refused leaves no lock', async () => {
  const paths = temporaryPaths();
  await updateSettings(paths, (settings) => settings);
  await assert.rejects(
    updateSettings(paths, (settings) => setDefaultProfile(settings, 'nothing')),
    (error) => isChatError(error, 'config'),
  );
  assert.deepEqual(readdirSync(paths.configDir), []);
});

test('a damaged file is set aside and the change made on the last good copy', async () => {
  const paths = temporaryPaths();
  await updateSettings(paths, withLocal);
  writeFileSync(paths.settingsFile, '{"profiles":');
  await updateSettings(paths, (settings) => setDefaultProfile(settings, 'local'));
  const { settings } = readSettings(paths);
  assert.deepEqual([settings.defaultProfile, Object.keys(settings.profiles)], ['local', ['local']]);
});

test('the file of a newer version is not written', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  const newer = '{"version":2}';
  writeFileSync(paths.settingsFile, newer);
  await assert.rejects(updateSettings(paths, withLocal), (error) => isChatError(error, 'config'));
  assert.equal(readFileSync(paths.settingsFile, 'utf8'), newer);
});

test('a linked settings file stays a link', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  const target = join(temporaryFolder(), 'settings.json');
  symlinkSync(target, paths.settingsFile);
  await updateSettings(paths, withLocal);
  await updateSettings(paths, (settings) => setDefaultProfile(settings, 'local'));
  assert.ok(lstatSync(paths.settingsFile).isSymbolicLink());
  assert.match(readFileSync(target, 'utf8'), /"defaultProfile": "local"/);
  assert.equal(statSync(target).mode & 0o777, 0o600);
});

test('what a killed writer left is cleared away', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  writeFileSync(`${paths.settingsFile}.tmp-1234567890abcdef`, '{"half');
  writeFileSync(`${paths.settingsFile}.bak.tmp-0a1b2c`, '{"half');
  await updateSettings(paths, withLocal);
  assert.deepEqual(readdirSync(paths.configDir).sort(), ['settings.json', 'settings.json.bak']);
});

test('0600 is kept after writes to a file that was wider', async () => {
  const paths = temporaryPaths();
  await updateSettings(paths, withLocal);
  chmodSync(paths.settingsFile, 0o644);
  await updateSettings(paths, (settings) => setDefaultProfile(settings, 'local'));
  assert.equal(statSync(paths.settingsFile).mode & 0o777, 0o600);
});

test('a place that is no folder is a storage error', async () => {
  const paths = temporaryPaths();
  writeFileSync(paths.configDir, '');
  await assert.rejects(updateSettings(paths, withLocal), (error) => isChatError(error, 'storage'));
});

const smallDisk = mountSmallDisk();

test('on a disk that is full, or nearly, the change is refused and the old file intact', {
  skip: typeof smallDisk === 'string' ? smallDisk : false,
}, async () => {
  assert.ok(typeof smallDisk === 'object');
  const many = (settings: Settings): Settings =>
    Array.from({ length: 100 }, (_, n) => `p${n}`)
      .filter((name) => !Object.hasOwn(settings.profiles, name))
      .reduce((all, name) => addProfile(all, { name, kind: 'openai', model: 'x'.repeat(50) }), settings);
  await updateSettings(smallDisk, withLocal);
  const before = readFileSync(smallDisk.settingsFile, 'utf8');
  const filler = join(smallDisk.dataDir, 'filler');
  for (const freePages of [0, 1, 2]) {
    // A page each for the folder, the settings and their copy are in use.
    writeFileSync(filler, '');
    assert.throws(() => writeFileSync(filler, Buffer.alloc(65_536)));
    truncateSync(filler, statSync(filler).size - freePages * 4096);
    await assert.rejects(updateSettings(smallDisk, many), (error) => isChatError(error, 'storage'));
    assert.equal(readFileSync(smallDisk.settingsFile, 'utf8'), before, `${freePages} free pages`);
    assert.deepEqual(readSettings(smallDisk).notices, []);
  }
  rmSync(filler);
  await updateSettings(smallDisk, many);
  assert.equal(Object.keys(readSettings(smallDisk).settings.profiles).length, 101);
});
