import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writtenPart } from '../../src/core/written-part.ts';

const file = (path: string, body: string): string => `\n\n<file path="${path}">\n${body}\n</file>`;

test('what was attached goes, whatever it holds', () => {
  const written = 'Compare @a.txt with @"b c.md".';
  assert.equal(writtenPart(written + file('a.txt', `x${file('z', 'y')}`) + file('b c.md', '1')), written);
});

test('a block that was written by hand stays', () => {
  const byHand = `What is this?${file('a.txt', 'x')}`;
  assert.equal(writtenPart(byHand), byHand);
  assert.equal(writtenPart('See @a.txt.'), 'See @a.txt.');
});
