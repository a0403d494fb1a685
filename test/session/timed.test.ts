import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { createPattern, createSearch, runWithin, timeTest } from '../../src/session/timed.ts';

test('work that ends in time gives its value, and what it throws is thrown', () => {
  assert.deepEqual(
    runWithin(1000, () => 5),
    { ok: true, value: 5 },
  );
  assert.deepEqual(
    runWithin(1000, () => undefined),
    { ok: true, value: undefined },
  );
  class Own extends Error {}
  assert.throws(() => runWithin(1000, () => assert.fail(new Own('x'))), Own);
});

test('an endless loop is stopped, also one that catches everything', () => {
  for (const work of [
    () => {
      for (;;);
    },
    () => {
      try {
        for (;;);
      } catch {
        return 'swallowed';
      }
    },
  ]) {
    assert.deepEqual(runWithin(30, work), { ok: false });
  }
  assert.deepEqual(
    runWithin(1000, () => 1),
    { ok: true, value: 1 },
  );
});

test('limits can stand inside each other, and each stops what is its own', () => {
  const endless = (): never => {
    for (;;);
  };
  assert.deepEqual(
    runWithin(5000, () => runWithin(30, endless)),
    { ok: true, value: { ok: false } },
  );
  assert.deepEqual(
    runWithin(30, () => runWithin(5000, endless)),
    { ok: false },
  );
  assert.deepEqual(
    runWithin(30, () => {
      runWithin(5, endless);
      endless();
    }),
    { ok: false },
  );
});

test('a regular expression without an end is stopped after a second', () => {
  const text = `${'a'.repeat(40)}b`;
  assert.equal(createSearch('^(a+)+$').test(text), 'too-slow');
  assert.equal(createPattern('(a+)+').test(text), 'too-slow');
});

test('a test of a text that is short enough goes without a limit', () => {
  const seen: string[] = [];
  const test = timeTest((text) => seen.push(text) > 0, 3);
  assert.equal(test('abc'), true);
  assert.equal(test('abcd'), true);
  assert.deepEqual(seen, ['abc', 'abcd']);
});

test('a pattern has to match the whole of a text, a search a part', () => {
  const pattern = createPattern('yes|no');
  assert.deepEqual(
    ['yes', 'no', 'yes!', 'oh no', 'yesno', ''].map((text) => pattern.test(text)),
    [true, true, false, false, false, false],
  );
  assert.equal(createSearch('yes|no').test('oh no'), true);
  assert.equal(createPattern('\\d{3}').test('123\n'), false);
});

test('patterns know Unicode, and older ones are read as they were meant', () => {
  assert.equal(createPattern('\\p{Script=Hangul}+').test('서울'), true);
  assert.equal(createPattern('.').test('🙂'), true);
  assert.equal(createPattern('a\\-b').test('a-b'), true);
});

test('what is no regular expression is refused, also what brackets around it would mend', () => {
  for (const source of ['(', 'a)(b', '[z-a]', '(?<n>a)(?<n>b)']) {
    assert.throws(
      () => createPattern(source),
      (error) => isChatError(error, 'usage') && error.message.includes('is no regular expression'),
      source,
    );
  }
});
