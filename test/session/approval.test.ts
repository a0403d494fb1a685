import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApprovalPolicy, ApprovalRule } from '../../src/core/approval.ts';
import { permissionFor } from '../../src/session/approval.ts';

const clock = { id: '1', tool: 'get_time', arguments: '{"place":"Seoul"}', safe: true };
const write = { id: '2', tool: 'files__write', arguments: '{"path":"/etc/passwd"}', safe: false };

function verdict(
  call: typeof clock,
  policy: ApprovalPolicy,
  rules: readonly ApprovalRule[] = [],
  canAsk = true,
): string {
  return permissionFor(call, { policy, rules, canAsk }, new Set()).kind;
}

test('each policy decides about a safe and an unsafe tool', () => {
  const table = { never: ['deny', 'deny'], safe: ['run', 'deny'], ask: ['run', 'ask'], all: ['run', 'run'] } as const;
  for (const [policy, expected] of Object.entries(table) as [ApprovalPolicy, readonly string[]][]) {
    assert.deepEqual([verdict(clock, policy), verdict(write, policy)], expected, policy);
  }
});

test('with nobody to ask, a question is a denial', () => {
  assert.equal(verdict(write, 'ask', [], false), 'deny');
  assert.equal(verdict(write, 'all', [], false), 'run');
});

test('a rule that allows makes a call run under every policy, a rule that denies wins over everything', () => {
  const allow: ApprovalRule = { effect: 'allow', tool: 'files__*' };
  const deny: ApprovalRule = { effect: 'deny', tool: 'files__*', arguments: { path: '/etc/*' } };
  for (const policy of ['never', 'safe', 'ask', 'all'] as const) {
    assert.equal(verdict(write, policy, [allow]), 'run', policy);
    assert.equal(verdict(write, policy, [allow, deny]), 'deny', policy);
  }
  assert.equal(
    permissionFor(write, { policy: 'ask', rules: [deny], canAsk: true }, new Set(['files__write'])).kind,
    'deny',
  );
});

test('a rule that allows some arguments allows no others, in whatever order they come', () => {
  const allow: ApprovalRule = { effect: 'allow', tool: '*', arguments: { path: '/tmp/*', mode: 'a' } };
  const table: Readonly<Record<string, string>> = {
    '{"path":"/tmp/x","mode":"a"}': 'run',
    '{"mode":"a","path":"/tmp/x"}': 'run',
    '{"path":"/tmp/x"}': 'deny',
    '{"path":"/tmp/x","mode":"a","extra":1}': 'deny',
    '{"path":"/etc/x","mode":"a"}': 'deny',
    '{"path":"/etc/x\\",\\"mode\\":\\"a","mode":"b"}': 'deny',
  };
  for (const [text, expected] of Object.entries(table)) {
    assert.equal(verdict({ ...write, arguments: text }, 'never', [allow]), expected, text);
  }
});

test('a rule that denies looks at each argument for itself: neither order nor company evades it', () => {
  const deny: ApprovalRule = { effect: 'deny', tool: '*', arguments: { '*': '*secret*' } };
  for (const text of ['{"z":1,"text":"a secret"}', '{"text":"secret","z":1}', '{"deep":{"x":["secret"]}}']) {
    assert.equal(verdict({ ...write, arguments: text }, 'all', [deny]), 'deny', text);
  }
  assert.equal(verdict({ ...write, arguments: '{"text":"open"}' }, 'all', [deny]), 'run');
});

test('a pattern is not a regular expression, matches the whole, and a star matches line ends too', () => {
  const rule = (tool: string, value?: string): ApprovalRule => ({
    effect: 'allow',
    tool,
    ...(value !== undefined && { arguments: { '*': value } }),
  });
  assert.equal(verdict(write, 'never', [rule('files__writ')]), 'deny');
  assert.equal(verdict(write, 'never', [rule('files.*write')]), 'deny');
  assert.equal(verdict(write, 'never', [rule('*')]), 'run');
  assert.equal(verdict({ ...write, arguments: '{"a":"x\\ny"}' }, 'never', [rule('*', 'x*y')]), 'run');
  const long = { ...write, arguments: `{"a":"${'a'.repeat(50_000)}"}` };
  assert.equal(verdict(long, 'never', [rule('*', '*a*a*a*b')]), 'deny');
});

test('a tool that a person allowed for the conversation runs', () => {
  assert.equal(permissionFor(write, { policy: 'ask', rules: [], canAsk: true }, new Set(['files__write'])).kind, 'run');
});
