import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutText } from '../../src/core/cut-text.ts';

test('a text is cut where it is longer, and no half of a pair is left', () => {
  assert.equal(cutText('한국어', 3), '한국어');
  assert.equal(cutText('한국어다', 3), '한국어…');
  assert.equal(cutText('a😀b', 2), 'a\ufffd…');
});
