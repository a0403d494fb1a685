import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensureFolder, type Paths } from '../../src/store/paths.ts';
import { readSettings } from '../../src/store/settings.ts';
import { temporaryFolder, temporaryPaths } from './folder.ts';

const good = '{"profiles":{"local":{"kind":"openai","baseUrl":"http://localhost:8080/v1"}},"defaultProfile":"local"}';

function pathsWith(text: string | Uint8Array, backup?: string): Paths {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  writeFileSync(paths.settingsFile, text, { mode: 0o600 });
  if (backup !== undefined) writeFileSync(`${paths.settingsFile}.bak`, backup, { mode: 0o600 });
  return paths;
}

function setAside(paths: Paths): readonly string[] {
  return readdirSync(paths.configDir).filter((name) => /^settings\.corrupt-\d{8}T\d{6}Z(-\d+)?\.json$/.test(name));
}

test('without a file there are no settings, nothing to tell and nothing created', () => {
  const paths = temporaryPaths();
  assert.deepEqual(readSettings(paths), { settings: { profiles: {} }, notices: [] });
  assert.equal(existsSync(paths.configDir), false);
});

test('every field is read', () => {
  const profile = {
    kind: 'openai',
    baseUrl: 'https://example.org/v1',
    model: 'm',
    apiKeyEnv: 'MY_KEY',
    headers: { 'x-a': 'b' },
    params: { seed: 7, nested: [{ a: null }] },
    contextWindow: 8192,
  };
  const weather = { url: 'http://127.0.0.1:9/a', geocodingUrl: 'https://example.org/g' };
  const paths = pathsWith(
    JSON.stringify({ version: 1, defaultProfile: 'work', profiles: { work: profile }, weather, editor: 'vi' }),
  );
  assert.deepEqual(readSettings(paths), {
    settings: { defaultProfile: 'work', profiles: { work: { name: 'work', ...profile } }, weather, editor: 'vi' },
    notices: [],
  });
});

test('a byte order mark and a hand-written file without version are fine', () => {
  const { settings, notices } = readSettings(pathsWith(`\ufeff${good}`));
  assert.equal(settings.defaultProfile, 'local');
  assert.deepEqual(notices, []);
});

test('wrong fields are reported by name and the rest is used', () => {
  const paths = pathsWith(
    JSON.stringify({
      defaultProfile: 7,
      profiles: {
        kept: { kind: 'hf', model: ['m'], headers: { a: 1 }, params: [], contextWindow: -1, apiKeyEnv: 'T' },
        'no kind': { kind: 'openai' },
        odd: { kind: 'telnet' },
        elsewhere: { kind: 'openai', baseUrl: 'localhost:8080' },
        keyless: { kind: 'openai', apiKeyEnv: 5 },
        list: [],
      },
      weather: { url: 'ftp://x', geocodingUrl: 'http://g' },
      editor: 'emacs',
    }),
  );
  const { settings, notices } = readSettings(paths);
  assert.deepEqual(settings, {
    profiles: { kept: { name: 'kept', kind: 'hf', apiKeyEnv: 'T' } },
    weather: { geocodingUrl: 'http://g' },
  });
  const told = notices.map(({ text }) => text).join('\n');
  for (const field of [
    'defaultProfile',
    'profiles.kept.model',
    'profiles.kept.headers',
    'profiles.kept.params',
    'profiles.kept.contextWindow',
    'profiles.no kind',
    'profiles.odd.kind',
    'profiles.elsewhere.baseUrl',
    'profiles.keyless.apiKeyEnv',
    'profiles.list',
    'weather.url',
    'editor',
  ]) {
    assert.ok(told.includes(`${field} `), field);
  }
  assert.equal(notices.length, 12);
  assert.deepEqual(setAside(paths), []);
});

const damage: Readonly<Record<string, string | Uint8Array>> = {
  torn: good.slice(0, 40),
  empty: '',
  'full of NULs': new Uint8Array(100),
  'cut by NULs': `${good.slice(0, 40)}\0\0\0\0`,
  'an array': '[1]',
  'a string': '"x"',
  null: 'null',
  'a number': '5',
  'no JSON': 'profiles: none',
  'deeply nested': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
};

for (const [name, bytes] of Object.entries(damage)) {
  test(`a file that is ${name} is kept aside, and the last good copy used and restored`, () => {
    const paths = pathsWith(bytes, good);
    const { settings, notices } = readSettings(paths);
    assert.equal(settings.defaultProfile, 'local');
    assert.deepEqual(
      notices.map(({ level, code }) => [level, code]),
      [['warning', 'settings-damaged']],
    );
    const [aside = 'none', ...more] = setAside(paths);
    assert.deepEqual(more, []);
    assert.deepEqual(readFileSync(join(paths.configDir, aside)), Buffer.from(bytes));
    assert.equal(readFileSync(paths.settingsFile, 'utf8'), good);
    assert.deepEqual(readSettings(paths), { settings, notices: [] });
  });
}

test('a file of 100 MB is not read at all', () => {
  const paths = pathsWith('{', good);
  truncateSync(paths.settingsFile, 100_000_000);
  const { settings, notices } = readSettings(paths);
  assert.equal(settings.defaultProfile, 'local');
  assert.match(notices[0]?.text ?? '', /100000000 bytes/);
});

test('a damaged file without a good copy leaves none, and the next start is quiet', () => {
  const paths = pathsWith('{');
  assert.deepEqual(readSettings(paths).settings, { profiles: {} });
  assert.equal(existsSync(paths.settingsFile), false);
  assert.equal(setAside(paths).length, 1);
  assert.deepEqual(readSettings(paths).notices, []);
});

test('a damaged copy is not restored', () => {
  const paths = pathsWith('{', '[');
  assert.deepEqual(readSettings(paths).settings, { profiles: {} });
  assert.equal(setAside(paths).length, 1);
});

test('damage of the same second is kept under two names', () => {
  const paths = pathsWith('first', good);
  readSettings(paths);
  writeFileSync(paths.settingsFile, 'second');
  readSettings(paths);
  const kept = setAside(paths).map((name) => readFileSync(join(paths.configDir, name), 'utf8'));
  assert.deepEqual(kept.sort(), ['first', 'second']);
});

test('what is no file is left alone and reported', () => {
  const paths = temporaryPaths();
  mkdirSync(paths.settingsFile, { recursive: true });
  const { settings, notices } = readSettings(paths);
  assert.deepEqual(settings, { profiles: {} });
  assert.match(notices[0]?.text ?? '', /is not a file/);
});

test('a home that is no folder means no settings and one warning', () => {
  const paths = temporaryPaths();
  writeFileSync(paths.configDir, '');
  const { settings, notices } = readSettings(paths);
  assert.deepEqual(settings, { profiles: {} });
  assert.equal(notices.length, 1);
});

test('the file of a newer version is used as far as it is understood, and says so', () => {
  const paths = pathsWith('{"version":2,"defaultProfile":"demo","profiles":{},"colours":[]}');
  const { settings, notices } = readSettings(paths);
  assert.equal(settings.defaultProfile, 'demo');
  assert.match(notices[0]?.text ?? '', /newer banter/);
});

test('a file others can read is tightened and told once', () => {
  const paths = pathsWith(good);
  chmodSync(paths.settingsFile, 0o644);
  assert.deepEqual(
    readSettings(paths).notices.map(({ level }) => level),
    ['info'],
  );
  assert.equal(statSync(paths.settingsFile).mode & 0o777, 0o600);
  assert.deepEqual(readSettings(paths).notices, []);
});

test('behind a link the damaged file is kept beside it and the link stays', () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  const dotfiles = temporaryFolder();
  const target = join(dotfiles, 'settings.json');
  writeFileSync(target, '{');
  writeFileSync(`${paths.settingsFile}.bak`, good);
  symlinkSync(target, paths.settingsFile);
  assert.equal(readSettings(paths).settings.defaultProfile, 'local');
  assert.ok(lstatSync(paths.settingsFile).isSymbolicLink());
  assert.equal(readFileSync(target, 'utf8'), good);
  assert.equal(readdirSync(dotfiles).length, 2);
});
