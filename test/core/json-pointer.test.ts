import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fragmentStep, pointerStep, referredTo, valueAt } from '../../src/core/json-pointer.ts';

// The document of RFC 6901, section 5, and what its pointers give.
const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'k"l': 6, ' ': 7, 'm~n': 8, 'x%20y': 9 };

test('a pointer gives the value at its place', () => {
  assert.equal(valueAt(document, ''), document);
  for (const [pointer, value] of [
    ...[['/foo/0', 'bar'] as const, ['/', 0] as const, ['/a~1b', 1] as const, ['/c%d', 2] as const],
    ...[['/k"l', 6] as const, ['/ ', 7] as const, ['/m~0n', 8] as const, ['/x%20y', 9] as const],
  ]) {
    assert.equal(valueAt(document, pointer), value);
  }
});

test('a reference is a pointer with percent signs of its own', () => {
  assert.equal(referredTo(document, '#'), document);
  assert.equal(referredTo(document, '#/a~1b'), 1);
  assert.equal(referredTo(document, '#/c%25d'), 2);
  assert.equal(referredTo(document, '#/c%d'), 2);
  assert.equal(referredTo(document, '#/%20'), 7);
  assert.equal(referredTo(document, '#/a%2Fb'), 1);
});

test('what leads nowhere gives nothing, also where every object and every list has a member', () => {
  for (const pointer of [
    'foo',
    '/foo/2',
    '/foo/01',
    '/foo/-1',
    '/foo/length',
    '/constructor',
    '/foo/0/0',
    '/__proto__',
  ]) {
    assert.equal(valueAt(document, pointer), undefined, pointer);
  }
  for (const reference of ['', 'foo', '#foo', 'other.json#/foo'])
    assert.equal(referredTo(document, reference), undefined);
});

test('a key is written so that the pointer finds it again', () => {
  for (const key of ['a/b', 'm~n', '~1', 'c%d', ' ', '', '한국', '#']) {
    assert.equal(valueAt({ [key]: 1 }, `/${pointerStep(key)}`), 1);
    assert.equal(referredTo({ [key]: 1 }, `#/${fragmentStep(key)}`), 1);
  }
});
