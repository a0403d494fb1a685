import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { collect, collectField, count, number, positive, price, seconds } from '../../src/cli/flag-values.ts';
import type { JsonObject } from '../../src/core/json.ts';

function refuses(read: (value: string) => unknown, values: readonly string[], why: RegExp): void {
  for (const value of values) {
    assert.throws(
      () => read(value),
      (error) => error instanceof InvalidArgumentError && why.test(error.message),
      JSON.stringify(value),
    );
  }
}

test('a repeated flag is collected in order', () => {
  assert.deepEqual(
    ['a', 'b', ''].reduce<readonly string[] | undefined>((all, value) => collect(value, all), undefined),
    ['a', 'b', ''],
  );
});

test('a price is two or three amounts, and nought is one', () => {
  assert.deepEqual(price('1,4'), { prompt: 1, completion: 4 });
  assert.deepEqual(price('0.25, 2,0'), { prompt: 0.25, completion: 2, cached: 0 });
  assert.deepEqual(price('0,0'), { prompt: 0, completion: 0 });
  assert.equal(price('none'), 'none');
  refuses(price, ['1', '1,2,3,4', '-1,2', '1,2,-3'], /IN,OUT/);
  refuses(price, ['', '1,', 'a,b', '1,2,'], /number/);
});

test('a field is JSON where it is JSON, a bare word where it is none', () => {
  const fields: Readonly<Record<string, JsonObject>> = {
    'seed=1': { seed: 1 },
    'stop=["a","b"]': { stop: ['a', 'b'] },
    'chat_template_kwargs={"enable_thinking":false}': { chat_template_kwargs: { enable_thinking: false } },
    'reasoning_effort=low': { reasoning_effort: 'low' },
    'quoted="1"': { quoted: '1' },
    'flag=false': { flag: false },
    'nothing=null': { nothing: null },
    'empty=': { empty: '' },
    'text=a=b': { text: 'a=b' },
    'broken={"a":': { broken: '{"a":' },
  };
  for (const [given, field] of Object.entries(fields)) assert.deepEqual(collectField(given), field, given);
});

test('fields are collected, the last of a name counts, and what was collected is not changed', () => {
  const first = collectField('a=1');
  assert.deepEqual(collectField('a=2', collectField('b=x', first)), { a: 2, b: 'x' });
  assert.deepEqual(first, { a: 1 });
});

test('a field named __proto__ is a field and changes no prototype', () => {
  const fields = collectField('__proto__={"admin":true}');
  assert.ok(Object.hasOwn(fields, '__proto__'));
  assert.equal(fields.admin, undefined);
});

test('a field without a name or without = is refused', () => {
  refuses(collectField, ['', 'seed', '=1', '='], /name=json/);
});

test('a number is any finite one', () => {
  for (const [given, value] of [
    ['0.7', 0.7],
    ['-1', -1],
    ['1e-3', 0.001],
    ['0', 0],
  ] as const) {
    assert.equal(number(given), value);
  }
  refuses(number, ['', ' ', 'warm', '0,7', '1x', 'NaN', 'Infinity', '-Infinity', '1e999'], /has to be a number/);
});

test('a count is a whole number from 0, a positive one from 1', () => {
  assert.equal(count('0'), 0);
  assert.equal(count('42'), 42);
  assert.equal(positive('1'), 1);
  refuses(count, ['-1', '1.5', '9007199254740993'], /whole number from 0/);
  refuses(positive, ['0'], /whole number from 1/);
  refuses(positive, ['-1', '2.5'], /whole number/);
  refuses(positive, ['', 'many'], /has to be a number/);
});

test('seconds may be parts of one, and not more than a timer can wait', () => {
  assert.equal(seconds('0'), 0);
  assert.equal(seconds('0.25'), 0.25);
  assert.equal(seconds('2000000'), 2_000_000);
  refuses(seconds, ['-1', '2000001'], /seconds from 0 to 2000000/);
});
