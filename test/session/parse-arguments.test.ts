import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArguments } from '../../src/session/parse-arguments.ts';

function accepted(raw: string): unknown {
  const parsed = parseArguments(raw);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problem);
  return parsed.value;
}

function repairsOf(raw: string): readonly string[] {
  const parsed = parseArguments(raw);
  return parsed.ok ? parsed.repairs : [];
}

function problemOf(raw: string): string {
  const parsed = parseArguments(raw);
  return parsed.ok ? 'accepted' : parsed.problem;
}

test('an object is taken as it is, without a repair', () => {
  const raw = '{"city":"서울","days":3,"deep":{"list":[1,-0.5,1e3,true,null,"\\u00e9\\n\\"q\\""]}}';
  assert.deepEqual(accepted(raw), JSON.parse(raw));
  assert.deepEqual(repairsOf(raw), []);
});

for (const raw of ['', '   \n', 'null', 'None', '{}', '""']) {
  test(`${JSON.stringify(raw)} means no arguments`, () => assert.deepEqual(accepted(raw), {}));
}

test('a trailing comma is removed in objects and lists, not inside strings', () => {
  assert.deepEqual(accepted('{"a": [1, 2, ], "b": ",}", }'), { a: [1, 2], b: ',}' });
  assert.deepEqual(repairsOf('{"a": [1, 2, ], }'), ['removed a trailing comma']);
});

test('a comma that follows nothing is no trailing comma', () => {
  for (const raw of ['{,}', '{"a":[,]}', '{"a":1,,}', ',']) assert.notEqual(problemOf(raw), 'accepted');
});

test('single quotes become double ones, with the quotes inside kept', () => {
  assert.deepEqual(accepted(`{'city': 'L\\'Aquila', 'said': 'a "b"', 'tab': '\\t'}`), {
    city: "L'Aquila",
    said: 'a "b"',
    tab: '\t',
  });
});

test('an apostrophe that ends a single-quoted string early is not guessed at', () => {
  assert.match(problemOf("{'text': 'it's late'}"), /unexpected "s late/);
});

test('literals of Python are translated, words inside strings are not', () => {
  assert.deepEqual(accepted('{"a": True, "b": False, "c": None, "d": "True"}'), {
    a: true,
    b: false,
    c: null,
    d: 'True',
  });
});

test('a code fence is removed, with and without a language', () => {
  assert.deepEqual(accepted('```json\n{"a": 1}\n```'), { a: 1 });
  assert.deepEqual(accepted('```{"a": 1}```'), { a: 1 });
});

test('special tokens at the end are removed, inside a string they stay', () => {
  assert.deepEqual(accepted('{"a": 1}</s>'), { a: 1 });
  assert.deepEqual(accepted('{"a": 1} <|im_end|>\n<|eot_id|>'), { a: 1 });
  assert.deepEqual(accepted('{"a": 1}<｜tool▁call▁end｜>'), { a: 1 });
  assert.deepEqual(accepted('{"a": "</s>"}'), { a: '</s>' });
});

test('an object encoded as a string is decoded once', () => {
  assert.deepEqual(accepted(JSON.stringify('{"a":"b"}')), { a: 'b' });
  assert.deepEqual(repairsOf(JSON.stringify('{"a":"b"}')), ['arguments were encoded twice']);
  assert.match(problemOf(JSON.stringify(JSON.stringify('{"a":1}'))), /are a string/);
});

test('every cut of an object is refused, never completed', () => {
  const whole = '{"path": "notes.txt", "content": "first\\nsecond", "list": [1, {"a": true}]}';
  for (let length = 1; length < whole.length; length++) {
    assert.notEqual(problemOf(whole.slice(0, length)), 'accepted', whole.slice(0, length));
  }
});

test('every cut of a single-quoted object is refused as well', () => {
  const whole = "{'path': 'notes.txt', 'content': 'first', 'list': [1, None]}";
  for (let length = 1; length < whole.length; length++) {
    assert.notEqual(problemOf(whole.slice(0, length)), 'accepted', whole.slice(0, length));
  }
});

test('a cut string behind a special token is still refused', () => {
  assert.match(problemOf('{"content": "half</s>'), /stop inside a string/);
});

for (const raw of ['[]', '[1]', '"Seoul"', '5', 'true', '-0']) {
  test(`${raw} is refused, since arguments are an object`, () =>
    assert.match(problemOf(raw), /send one JSON object|not valid/));
}

test('a run of objects is refused with the advice to send one call for each', () => {
  assert.match(problemOf('{"a":1}{"a":2}'), /several JSON values.*one call for each/);
  assert.match(problemOf('{"a":1}, {"a":2}'), /several JSON values/);
});

test('prose before or after the object is refused', () => {
  assert.match(problemOf('Sure! {"a":1}'), /unexpected "Sure/);
  assert.match(problemOf('{"a":1} I hope this helps'), /text after the JSON object/);
});

test('a key __proto__ is refused at any depth and pollutes nothing', () => {
  for (const raw of ['{"__proto__":{"polluted":1}}', '{"a":[{"__proto__":1}]}', '{"\\u005f_proto__":{"polluted":1}}']) {
    assert.match(problemOf(raw), /__proto__/);
  }
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('keys such as constructor are ordinary', () => {
  assert.deepEqual(Object.keys(Object(accepted('{"constructor":"Ferrari","toString":1}'))), [
    'constructor',
    'toString',
  ]);
});

test('numbers that JavaScript cannot hold are refused instead of changed', () => {
  assert.match(problemOf('{"id": 12345678901234567890}'), /send it as a string/);
  for (const number of ['9007199254740993', '-9007199254740993.0', '9007199254740993e0', '90071992547409930e-1']) {
    assert.match(problemOf(`{"id": ${number}}`), /send it as a string/);
  }
  assert.match(problemOf(JSON.stringify('{"id": 9007199254740993}')), /send it as a string/);
  assert.match(problemOf('{"n": 1e999}'), /too large/);
  for (const word of ['NaN', 'Infinity', '-Infinity']) assert.match(problemOf(`{"n": ${word}}`), /unexpected/);
  const kept = '{"n":9007199254740991,"f":0.1,"avogadro":6.02e+23,"e":1e20}';
  assert.deepEqual(accepted(kept), JSON.parse(kept));
  assert.ok(Object.is(Reflect.get(Object(accepted('{"n": -0}')), 'n'), -0));
});

test('more than a megabyte or 200 levels are refused', () => {
  assert.match(problemOf(`{"a":"${'x'.repeat(1024 * 1024)}"}`), /at most 1048576/);
  assert.match(problemOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`), /deeper than 200/);
  assert.deepEqual(Object.keys(Object(accepted(`{"a":${'['.repeat(199)}${']'.repeat(199)}}`))), ['a']);
});

test('a megabyte of spaces, quotes or backslashes is read in linear time', () => {
  for (const filler of [' ', "'", '\\', '`', '-', '<|', '{"', ',']) {
    assert.equal(parseArguments(`{"a":1}x${filler.repeat(500_000)}`).ok, false);
    assert.equal(parseArguments(filler.repeat(500_000)).ok, filler === ' ');
  }
});
