import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../../src/core/profile.ts';
import { parseProfile } from '../../src/store/profile-document.ts';
import { addProfile, replaceProfile } from '../../src/store/profiles.ts';
import { readSettings } from '../../src/store/settings.ts';
import { updateSettings } from '../../src/store/settings-write.ts';
import { temporaryPaths } from './folder.ts';

const whole: Profile = {
  name: 'work',
  kind: 'completions',
  baseUrl: 'http://localhost:8080/v1',
  model: 'm',
  promptFormat: 'chatml',
  apiKeyEnv: 'K',
  keyCommand: 'pass show work',
  keyName: 'work',
  headers: { 'x-a': '1' },
  params: { seed: 7 },
  contextWindow: 8192,
  tools: ['get_time', '+fetch_url'],
  capabilities: {
    server: 'vllm',
    version: '0.11.0',
    usageInStream: true,
    tools: false,
    parallelTools: false,
    schema: 'ignored',
    reasoningField: 'reasoning',
    probedAt: '2026-11-21T09:30:00.000Z',
  },
};

test('every field of a profile is written, read back, replaced and taken away', async () => {
  const paths = temporaryPaths();
  await updateSettings(paths, (settings) => addProfile(settings, whole));
  assert.deepEqual(readSettings(paths), { settings: { profiles: { work: whole } }, notices: [] });
  const bare: Profile = { name: 'work', kind: 'hf' };
  await updateSettings(paths, (settings) => replaceProfile(settings, bare));
  assert.deepEqual(readSettings(paths).settings.profiles, { work: bare });
});

test('a wrong fact about the server is named and left out, and the rest of the profile used', () => {
  const problems: string[] = [];
  const capabilities = { server: 'abacus', version: 3, tools: 'yes', schema: 'perhaps', reasoningField: '', later: 1 };
  const found = parseProfile('a', { kind: 'openai', baseUrl: 'http://h', capabilities }, problems);
  assert.deepEqual(found, { name: 'a', kind: 'openai', baseUrl: 'http://h', capabilities: {} });
  assert.deepEqual(
    problems.map((problem) => /^profiles\.a\.capabilities\.(\w+) is not /.exec(problem)?.[1]),
    ['server', 'version', 'tools', 'schema', 'reasoningField'],
  );
});

test('a key source of the wrong form leaves the profile out, since it would be asked with another key', () => {
  for (const field of ['apiKeyEnv', 'keyCommand', 'keyName']) {
    for (const value of ['', 7, null, {}]) {
      const problems: string[] = [];
      const found = parseProfile('a', { kind: 'openai', baseUrl: 'http://h', [field]: value }, problems);
      assert.equal(found, undefined);
      assert.match(problems[0] ?? '', new RegExp(`^profiles\\.a\\.${field} is not .* left out$`));
    }
  }
});
