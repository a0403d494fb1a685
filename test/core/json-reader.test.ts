import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../src/core/json.ts';
import { type JsonNode, printJson, readJson, toJsonValue } from '../../src/core/json-node.ts';

const documents = fc
  .tuple(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), fc.nat(2))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

/** A document with a few characters taken out, put in or written twice. */
const damaged = fc
  .tuple(
    documents,
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...'[]{},:"\\u0e-+.1tn \n\u0001\ufeff')), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, strokes]) =>
    strokes.reduce((now, [place, taken, put]) => {
      const at = place % (now.length + 1);
      return now.slice(0, at) + put + now.slice(at + taken);
    }, text),
  );

/** Short words of the grammar in any order. */
const babble = fc
  .array(fc.constantFrom(...'[]{},:"0123-+.eE\\/bu \t\n', 'true', 'false', 'null', '"a"', '\\u00e9', '1'), {
    maxLength: 12,
  })
  .map((words) => words.join(''));

test('a text is read or refused as JSON.parse does, and the value is the same', () => {
  fc.assert(
    fc.property(fc.oneof(documents, damaged, babble, fc.json()), (text) => {
      const value = parseJson(text);
      const read = readJson(text);
      assert.equal(read.ok, value !== undefined);
      if (read.ok) assert.deepEqual(toJsonValue(read.node), value);
      else assert.ok(read.at >= 0 && read.at <= text.length && read.problem.length > 0);
    }),
    { numRuns: 3000, seed: 4 },
  );
});

test('every kind of number and of refused number is told apart', () => {
  for (const text of ['0', '-0', '10', '0.5', '1e5', '1E+5', '0e-5', '-1.25e-7', '1e400', '9007199254740993']) {
    assert.deepEqual(whole(text), { kind: 'number', text });
  }
  for (const text of [
    '-',
    '+1',
    '01',
    '-01',
    '1.',
    '.5',
    '1e',
    '1e+',
    '1.e5',
    '0x1',
    '1_000',
    'NaN',
    'Infinity',
    '1 2',
  ]) {
    assert.ok(!readJson(text).ok, text);
  }
});

test('a number is its text: digits beyond 2^53, trailing zeros and huge exponents stay', () => {
  const text = '[9007199254740993,1.10,1e400,-0,123456789012345678901234567890,6.02E+23]';
  assert.equal(printJson(whole(text)), text);
});

test('of a repeated key the last value stays, in the first place, and it is told', () => {
  const read = readJson('{"a":1,"b":2,"a":3}');
  assert.ok(read.ok && read.repeatedKeys);
  assert.equal(printJson(read.node), '{"a":3,"b":2}');
  const escaped = readJson('[{"\\u0061":1,"a":2}]');
  assert.ok(escaped.ok && escaped.repeatedKeys);
  const apart = readJson('{"a":{"a":1},"b":[{"a":1},{"a":1}]}');
  assert.ok(apart.ok && !apart.repeatedKeys);
});

test('__proto__ is a key like any other', () => {
  const node = whole('{"__proto__":{"admin":true},"constructor":1}');
  assert.ok(node.kind === 'object');
  assert.deepEqual([...node.members.keys()], ['__proto__', 'constructor']);
  const value = toJsonValue(node);
  assert.ok(typeof value === 'object' && value !== null);
  assert.ok(Object.hasOwn(value, '__proto__'));
  assert.equal('admin' in value, false);
});

test('a text nested 100,000 deep is read, printed and made a value', () => {
  const depth = 100_000;
  const arrays = '['.repeat(depth) + ']'.repeat(depth);
  const objects = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  for (const text of [arrays, objects]) {
    const node = whole(text);
    assert.equal(printJson(node), text);
    assert.ok(typeof toJsonValue(node) === 'object');
  }
  assert.ok(!readJson(arrays.slice(0, -1)).ok);
});

test('a text of 10 MB is read', () => {
  const row = '{"id":12345678901234567890,"text":"a line\\nwith an escape and é","tags":[true,null]}';
  const text = `[${Array.from({ length: 120_000 }, () => row).join(',')}]`;
  assert.ok(text.length > 10_000_000);
  const node = whole(text);
  assert.ok(node.kind === 'array' && node.items.length === 120_000);
  assert.equal(printJson(node), text);
});

test('a byte order mark is no JSON, as for JSON.parse', () => {
  assert.deepEqual(readJson('\ufeff{}'), {
    ok: false,
    at: 0,
    problem: 'the text begins with U+FEFF, which begins no JSON value',
  });
});

test('half a surrogate pair, raw or escaped, is read as it stands', () => {
  assert.deepEqual(whole('"\ud83d"'), { kind: 'string', value: '\ud83d' });
  assert.deepEqual(whole('"\\uDE00x\\uD83D"'), { kind: 'string', value: '\ude00x\ud83d' });
  assert.deepEqual(whole('"\\ud83d\\ude00"'), { kind: 'string', value: '😀' });
});

test('what is wrong is said in words, with its place', () => {
  const refusals: readonly [text: string, at: number, problem: string][] = [
    ['', 0, 'the text is empty'],
    [' \n', 2, 'the text is empty'],
    ['{"a": "b', 8, 'the text ends in the middle of a string'],
    ['["\\u12', 6, 'the text ends in the middle of a string'],
    ['-', 1, 'the text ends in the middle of a number'],
    ['[tr', 3, 'the text ends in the middle of the word true'],
    ['[1', 2, 'an array element is followed by the end of the text where a comma or ] must stand'],
    ['{"a":1', 6, 'a member of an object is followed by the end of the text where a comma or } must stand'],
    ['[1,]', 3, 'a comma is followed by ] where a value must stand'],
    ['[1 2]', 3, 'an array element is followed by 2 where a comma or ] must stand'],
    ['[,1]', 1, '[ is followed by , where a value or ] must stand'],
    ['[1}', 2, 'an array element is followed by } where a comma or ] must stand'],
    ["{'a':1}", 1, "{ is followed by ' where a key in double quotes or } must stand"],
    ['{"a":1,}', 7, 'a comma is followed by } where a key in double quotes must stand'],
    ['{"a" 1}', 5, 'a key is followed by 1 where a colon must stand'],
    ['{"a":}', 5, 'a colon is followed by } where a value must stand'],
    ['{"a":1 "b":2}', 7, 'a member of an object is followed by " where a comma or } must stand'],
    ['{} {}', 3, 'the JSON value is followed by { where the text must end'],
    ['Sure: {}', 0, 'the text begins with S, which begins no JSON value'],
    ['"a\nb"', 2, 'a string holds U+000A, which must be escaped'],
    ['"\\x41"', 2, 'a backslash in a string is followed by x, which is no escape'],
    ['"\\u00g1"', 5, 'g stands among the four hexadecimal digits of \\u'],
    ['[nil]', 2, 'i stands inside the word null'],
    ['[01]', 2, 'a number begins with 0 and goes on with 1'],
    ['[1.]', 3, '] cuts a number short'],
    ['[😀]', 1, '[ is followed by 😀 where a value or ] must stand'],
  ];
  for (const [text, at, problem] of refusals) assert.deepEqual(readJson(text), { ok: false, at, problem }, text);
});

function whole(text: string): JsonNode {
  const read = readJson(text);
  assert.ok(read.ok, `${text.slice(0, 100)} is read`);
  return read.node;
}
