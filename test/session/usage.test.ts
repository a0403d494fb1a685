import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addUsage } from '../../src/session/usage.ts';

test('counts are summed field by field', () => {
  assert.deepEqual(
    addUsage(
      { promptTokens: 1, completionTokens: 2, reasoningTokens: 3, cachedTokens: 4 },
      { promptTokens: 10, completionTokens: 20, reasoningTokens: 30, cachedTokens: 40 },
    ),
    { promptTokens: 11, completionTokens: 22, reasoningTokens: 33, cachedTokens: 44 },
  );
});

test('a count one side knows is taken, one that neither knows stays absent', () => {
  assert.deepEqual(addUsage({ promptTokens: 1 }, { completionTokens: 2 }), { promptTokens: 1, completionTokens: 2 });
  assert.deepEqual(Object.keys(addUsage({ promptTokens: 0 }, {})), ['promptTokens']);
  assert.deepEqual(Object.keys(addUsage({}, {})), []);
});

test('a round without usage changes nothing', () => {
  const usage = { promptTokens: 1 };
  assert.deepEqual(addUsage(usage, undefined), { promptTokens: 1 });
});

test('neither of the two is changed', () => {
  const a = Object.freeze({ promptTokens: 1 });
  const b = Object.freeze({ promptTokens: 2 });
  assert.deepEqual(addUsage(a, b), { promptTokens: 3 });
  assert.deepEqual([a, b], [{ promptTokens: 1 }, { promptTokens: 2 }]);
});
