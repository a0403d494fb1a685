import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plural } from '../../src/core/plural.ts';

test('one is one, all other counts are many', () => {
  assert.deepEqual(
    [0, 1, 2].map((count) => plural(count, 'model')),
    ['0 models', '1 model', '2 models'],
  );
  assert.deepEqual(
    [1, 2].map((count) => plural(count, 'try', 'tries')),
    ['1 try', '2 tries'],
  );
});
