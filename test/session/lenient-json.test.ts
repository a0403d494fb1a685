import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLenientValue, toStrictJson } from '../../src/session/lenient-json.ts';

function strict(text: string): string {
  const read = toStrictJson(text);
  return read.ok ? read.text : read.problem;
}

function value(text: string, from = 0): readonly [text: string, rest: string] | string {
  const read = readLenientValue(text, from);
  return read.ok ? [read.text, text.slice(read.end)] : `${read.reason} at ${read.at}`;
}

test('comments are left out, wherever a space may be, and said once', () => {
  const text = '// so\n{"a": /* one */ 1, // 1\n "b": "// no /* comment */"} // end';
  assert.equal(strict(text), '{"a":1,"b":"// no /* comment */"}');
  const read = toStrictJson(text);
  assert.deepEqual(read.ok && read.repairs, ['removed comments']);
  assert.match(strict('{"a": 1 /* never closed }'), /stop before the object is closed/);
});

test('typographic quotes are quotes around a string, and letters inside of one', () => {
  assert.equal(strict('{“a”: “say "hi"”, ‘b’: ‘x’}'), '{"a":"say \\"hi\\"","b":"x"}');
  assert.equal(strict('{"a": "“quoted” ‘too’"}'), '{"a":"“quoted” ‘too’"}');
  assert.match(strict('{“a: 1}'), /stop inside a string/);
});

test('one value is read and what follows it is left', () => {
  assert.deepEqual(value('{"a":[1,],} and more'), ['{"a":[1]}', ' and more']);
  assert.deepEqual(value('x [1] [2]', 2), ['[1]', ' [2]']);
  assert.deepEqual(value('True!'), ['true', '!']);
});

test('what cannot be read tells where, and whether the text ended too early', () => {
  assert.equal(value('[1, see]'), 'unexpected at 4');
  assert.equal(value('[1, [2]'), 'unclosed at 7');
  assert.equal(value('["a'), 'string at 3');
  assert.equal(value("['it\\'s"), 'string at 7');
  const read = readLenientValue('[[[1]]]', 0, { maxDepth: 2 });
  assert.equal(!read.ok && read.reason, 'too-deep');
});
