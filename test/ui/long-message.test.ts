import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf } from '../../src/ui/long-message.ts';

test('a message of a screen is shown whole, a longer one by its beginning and what is left', () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');
  assert.deepEqual(beginningOf(lines(40)), { text: lines(40), more: undefined });
  assert.deepEqual(beginningOf(lines(120)), { text: lines(10), more: { count: 110, of: 'lines' } });
  assert.deepEqual(beginningOf('x'.repeat(5000)), { text: 'x'.repeat(1000), more: { count: 4000, of: 'characters' } });
  assert.equal(beginningOf(`x${'👍'.repeat(5000)}`).text, `x${'👍'.repeat(499)}`);
});
