import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Json } from '../../src/core/json.ts';
import { permissionFor } from '../../src/session/approval.ts';
import { ensureFolder } from '../../src/store/paths.ts';
import { readSettings } from '../../src/store/settings.ts';
import { updateSettings } from '../../src/store/settings-write.ts';
import { parseToolRules } from '../../src/store/tool-rules.ts';
import { temporaryPaths } from './folder.ts';

function parse(value: Json): { readonly rules: unknown; readonly problems: readonly string[] } {
  const problems: string[] = [];
  return { rules: parseToolRules(value, problems), problems };
}

test('whole rules are read as they are', () => {
  const rules = [
    { effect: 'allow', tool: 'files__*' },
    { effect: 'deny', tool: 'send_mail', arguments: { to: '*@example.org' } },
  ];
  assert.deepEqual(parse(rules), { rules, problems: [] });
});

test('a broken rule that allows is left out, and said', () => {
  assert.deepEqual(parse([{ effect: 'allow', tool: 'a', argument: '*x*' }]), {
    rules: [],
    problems: ['toolRules.0.argument is not a field of a rule; the rule is left out'],
  });
  assert.deepEqual(parse([{ effect: 'allow', tool: 'a', arguments: 7 }]).rules, []);
  assert.deepEqual(parse([{ effect: 'allow' }]).rules, []);
});

test('a broken rule that forbids, forbids as much as it may have meant', () => {
  assert.deepEqual(parse([{ effect: 'deny', tool: 'a', arguments: 7 }]), {
    rules: [{ effect: 'deny', tool: 'a' }],
    problems: ['toolRules.0.arguments is not an object of patterns by name; until it is put right no call of a runs'],
  });
  assert.deepEqual(parse([{ effect: 'deny', tool: ['a'] }]).rules, [{ effect: 'deny', tool: '*' }]);
  assert.deepEqual(parse([{ effect: 'dney', tool: 'a' }]).rules, [{ effect: 'deny', tool: 'a' }]);
});

for (const value of ['deny a', { a: 'deny' }, ['deny a'], [null]] as const) {
  test(`with ${JSON.stringify(value)} for rules no tool runs, not even with -y`, () => {
    const rules = parseToolRules(value, []);
    const call = { id: '1', tool: 'get_time', arguments: '{}', safe: true };
    assert.equal(permissionFor(call, { policy: 'all', rules, canAsk: true }, new Set(['get_time'])).kind, 'deny');
  });
}

test('rules are written to the settings and read back, and others fields stay', async () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  writeFileSync(paths.settingsFile, '{"theme":"dark"}');
  await updateSettings(paths, (settings) => ({ ...settings, toolRules: [{ effect: 'deny', tool: 'a' }] }));
  await updateSettings(paths, (settings) => ({
    ...settings,
    toolRules: [...(settings.toolRules ?? []), { effect: 'allow', tool: 'b', arguments: { '*': '*' } }],
  }));
  const { settings, notices } = readSettings(paths);
  assert.deepEqual(notices, []);
  assert.deepEqual(settings.toolRules, [
    { effect: 'deny', tool: 'a' },
    { effect: 'allow', tool: 'b', arguments: { '*': '*' } },
  ]);
});

test('a broken rule in the file is a notice that names it', () => {
  const paths = temporaryPaths();
  ensureFolder(paths.configDir);
  writeFileSync(paths.settingsFile, '{"toolRules":[{"effect":"allow","tool":""}]}', { mode: 0o600 });
  const { notices } = readSettings(paths);
  assert.match(notices[0]?.text ?? '', /settings\.json: toolRules\.0\.tool is not the name of a tool/);
});
