import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf } from '../../src/core/cost.ts';

const usage = { promptTokens: 1_000_000, completionTokens: 500_000, cachedTokens: 400_000 };

test('tokens that the server had kept have a price of their own, or that of the others', () => {
  assert.equal(costOf(usage, { prompt: 1, completion: 4, cached: 0.5 }), 2.8);
  assert.equal(costOf(usage, { prompt: 1, completion: 4 }), 3);
  assert.equal(costOf({ ...usage, cachedTokens: 9_000_000 }, { prompt: 1, completion: 4, cached: 0 }), 2);
});

test('what is free costs nothing, and what is not known costs an unknown amount', () => {
  assert.equal(costOf(usage, { prompt: 0, completion: 0 }), 0);
  assert.equal(costOf(usage, undefined), undefined);
  assert.equal(costOf({ promptTokens: 1 }, { prompt: 1, completion: 1 }), undefined);
});
