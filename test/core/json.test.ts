import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject, nonEmptyString, parseJson } from '../../src/core/json.ts';
import { optional } from '../../src/core/optional.ts';
import { isShortName } from '../../src/core/short-name.ts';

test('what is no JSON is undefined, which no JSON text means', () => {
  for (const text of ['', ' ', '{', '{"a":}', 'undefined', 'NaN', "{'a':1}", '[1,]', '1 2', '\ufeff1']) {
    assert.equal(parseJson(text), undefined, text);
  }
});

test('every kind of JSON value is parsed, null among them', () => {
  for (const value of [null, true, false, 0, -1.5, '', 'é한😀', [], [1, [2]], {}, { a: { b: null } }]) {
    assert.deepEqual(parseJson(JSON.stringify(value)), value);
  }
  assert.equal(parseJson(' \r\n null \t'), null);
});

test('a __proto__ in JSON is a field like any other', () => {
  const value = parseJson('{"__proto__": {"admin": true}}');
  assert.ok(isJsonObject(value));
  assert.ok(Object.hasOwn(value, '__proto__'));
  assert.equal(value.admin, undefined);
});

test('an object is neither null, a list nor a bare value', () => {
  assert.ok(isJsonObject({}));
  for (const value of [null, undefined, [], 'text', 1, true]) assert.ok(!isJsonObject(value));
});

test('a string that is not empty, or nothing', () => {
  assert.equal(nonEmptyString('a'), 'a');
  assert.equal(nonEmptyString(' '), ' ');
  for (const value of ['', null, undefined, 1, {}, ['a']]) assert.equal(nonEmptyString(value), undefined);
});

test('an optional field is absent, not undefined, when there is no value', () => {
  assert.deepEqual(Object.keys({ ...optional('a', undefined) }), []);
  for (const value of [null, 0, '', false]) assert.deepEqual({ ...optional('a', value) }, { a: value });
});

test('a profile name is what nothing on a command line interprets', () => {
  for (const name of ['a', 'work', 'My-GPU_2.local', '7b', 'x'.repeat(64)]) assert.ok(isShortName(name), name);
  for (const name of ['', '-x', '.x', '_x', 'a b', 'a/b', 'a\n', '서울', '$HOME', 'x'.repeat(65)]) {
    assert.ok(!isShortName(name), JSON.stringify(name));
  }
});
