import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonNode, printJson } from '../../../src/core/json-node.ts';
import { extractJson } from '../../../src/session/structured/extract.ts';

/** Wanted is an object with a number under `a`. */
function wantA(node: JsonNode): readonly string[] {
  if (node.kind !== 'object') return [`expected object, got ${node.kind}`];
  return node.members.get('a')?.kind === 'number' ? [] : [`"a" is missing in ${printJson(node)}`];
}

const anything = (): readonly string[] => [];

function taken(text: string, validate = wantA): string {
  const extracted = extractJson(text, validate);
  return extracted.ok ? printJson(extracted.node) : `${extracted.found}: ${extracted.problems.join('; ')}`;
}

function repairs(text: string): readonly string[] {
  const extracted = extractJson(text, wantA);
  return extracted.ok ? extracted.repairs : ['not taken'];
}

test('a text that is JSON is the value, with its digits', () => {
  for (const json of ['{"a":12345678901234567890}', '{"a":1.0}', '{"a":1e400}', '{"a":1,"__proto__":{"x":[null]}}']) {
    assert.equal(taken(json), json);
    assert.equal(taken(`\uFEFF\n ${json} \r\n`), json);
  }
  for (const json of ['"a"', '5', 'true', 'null', '[]']) assert.equal(taken(json, anything), json);
});

const found: readonly (readonly [name: string, text: string])[] = [
  ['a fence', '```json\n{"a":1}\n```'],
  ['a fence without a language', '```\n{"a":1}\n```'],
  ['a fence with an info string of any kind', '```json title="answer.json"\n{"a":1}\n```'],
  ['a fence of tildes', '~~~\n{"a":1}\n~~~'],
  ['a fence that closes on the line of the value', ' ```json\n{"a":1}```'],
  ['a fence that never closes', 'Here:\n```json\n{"a":1}'],
  ['a fence in a list', '1. so:\n   ```json\n   {"a":1}\n   ```\n2. done'],
  ['prose before', 'Here it is: {"a":1}'],
  ['prose after', '{"a":1}\nI hope this helps! It\'s [quite] {simple}.'],
  ['brackets in the prose', 'See [1] and [the docs](http://x/{id}) for "a [b": {"a":1}'],
  ['an interval in the prose', 'For x in [0, 1) the answer is {"a":1}'],
  ['thoughts before', '<think>Maybe {"a":2}? Or [3]?</think>\n{"a":1}'],
  ['thoughts whose beginning stands in the prompt', 'Maybe {"a":2}? </think> {"a":1}'],
  ['thoughts and a fence', '<thinking>\n{"a":2}\n</thinking>\n```json\n{"a":1}\n```'],
  ['the same value twice', '{"a":1} or, as a block:\n```json\n{ "a" : 1 }\n```'],
  ['an invalid one besides', 'An example: {"b":2}. The answer: {"a":1}. Not [4].'],
];
for (const [name, text] of found) {
  test(`the value is found: ${name}`, () => assert.equal(taken(text), '{"a":1}'));
}

const repaired: readonly (readonly [repair: string, text: string])[] = [
  ['removed a trailing comma', '{"a":1,}'],
  ['removed comments', '{ // the number\n "a": /* one */ 1 }'],
  ['replaced single quotes', "{'a': 1}"],
  ['replaced typographic quotes', '{“a”: 1}'],
];
for (const [repair, text] of repaired) {
  test(`a harmless repair is done and said: ${repair}`, () => {
    for (const answer of [text, `So: ${text}.`, `\`\`\`\n${text}\n\`\`\``]) {
      assert.equal(taken(answer), '{"a":1}');
      assert.deepEqual(repairs(answer), [repair]);
    }
  });
}

test("Python's literals are put right, and brackets in strings of all quotes are no brackets", () => {
  assert.equal(
    taken("Result: {'a': 1, 'b': [True, None], 'c': '}{', “d”: “]”}"),
    '{"a":1,"b":[true,null],"c":"}{","d":"]"}',
  );
  assert.equal(taken('{"a":1,"b":"\\"}{\\""} !'), '{"a":1,"b":"\\"}{\\""}');
});

test('members in another order are the same value, other digits are not', () => {
  assert.equal(taken('{"a":1,"b":{"c":[],"d":""}} {"b":{"d":"","c":[]},"a":1}'), '{"a":1,"b":{"c":[],"d":""}}');
  assert.match(taken('{"a":1} {"a":1.0}'), /^ambiguous: 2 different values in it satisfy the schema/);
});

test('two different valid values are none', () => {
  assert.match(taken('{"a":1}\n{"a":2}'), /^ambiguous: 2 different/);
  assert.match(taken('```json\n{"a":1}\n```\nor\n```json\n{"a":2}\n```'), /^ambiguous/);
  assert.match(taken('[1] '.repeat(2000)), /^ambiguous: there are more than 1000 JSON values/);
});

test('where nothing is valid the problems are those of the largest value', () => {
  assert.equal(taken('[1] {"b":[1,2,3]} {"c":4}'), 'invalid: "a" is missing in {"b":[1,2,3]}');
  assert.equal(taken('{"b":1} {"c":2}'), 'invalid: "a" is missing in {"c":2}');
});

test('a word or a number is a value only as the whole answer or the whole of a fence', () => {
  assert.equal(taken('42', anything), '42');
  assert.equal(taken("'yes'", anything), '"yes"');
  assert.equal(taken('The answer:\n```\n42\n```', anything), '42');
  assert.equal(taken('The answer is 42', anything), 'nothing: there is no JSON in it');
  assert.equal(taken('I am sorry, "true" is all I can say.', anything), 'nothing: there is no JSON in it');
});

test('NaN, Infinity and bare keys are not JSON, and what is inside of them is not the answer', () => {
  for (const text of [
    '{"a":NaN}',
    '{"a":-Infinity}',
    '{b: {"a":1}}',
    '{"b": undefined, "c": {"a":1}}',
    'x {b: [{"a":1}]} y',
  ]) {
    assert.match(taken(text), /^nothing: /, text);
  }
  assert.match(taken('{"a":1,,}'), /^nothing: it is not valid JSON: .* \(at character \d+\)$/);
});

test('a mark of thoughts inside of a string of the value is no end of thoughts', () => {
  const value = '{"a":1,"b":"x</think>{\\"a\\":2}"}';
  assert.equal(taken(`ok: ${value}`), value);
  assert.equal(taken(`<think>Or {"a":2}?</think>ok: ${value} </thinker>`), value);
  assert.equal(taken('Is it {"a" as in "b</think> {"a":1}'), '{"a":1}');
  assert.equal(taken('Is it {"a":2}?</think>I do not know.'), 'nothing: there is no JSON in it');
});

test('nothing, an apology and a thought without an answer hold no JSON', () => {
  for (const text of ['', ' \n', "I'm sorry, I can't help with that.", '<think>{"a":1}', '<think>{"a":1} so']) {
    assert.equal(taken(text), 'nothing: there is no JSON in it', text);
  }
});

test('no beginning of an answer is taken for the answer', () => {
  const whole = '{"a":1,"list":[{"a":2},{"a":[3]}],"b":{"a":4,"text":"}"}}';
  for (const before of ['', 'Here: ', '```json\n']) {
    for (let length = 1; length < whole.length; length++) {
      const text = before + whole.slice(0, length);
      assert.match(taken(text, anything), /^cut: /, text);
    }
  }
  assert.match(taken('{"a":1}\n{"a":2'), /^cut: its JSON stops before its end/);
  assert.match(taken("{'a': 1, 'b': 'x"), /^cut: /);
});

test('a string with a line break in it is not read as text with JSON in it', () => {
  assert.match(taken('{"text": "first\n{"a":1}\nlast"}'), /^nothing|^cut/);
});

test('ten thousand levels are read', () => {
  const deep = `{"a":1,"b":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
  assert.equal(taken(deep), deep);
  assert.equal(taken(`So: ${deep}.`), deep);
});

test('a hundred thousand characters of anything is read in linear time', () => {
  for (const piece of [
    ...[
      '[',
      '{',
      '{"',
      '["\\"',
      '"',
      "'",
      '[“',
      '[/*',
      '[a',
      '{a',
      '{a}',
      '[a}',
      '[ ',
      '```\n',
      '~~~\n',
      '</think>',
      '{}</think>',
      '\\',
      '{"a":1,',
    ],
    ...['[[[[a]', '{"\\"', "['a' b", '// [', ',', '{}', '<think>'],
  ]) {
    extractJson(piece.repeat(100_000 / piece.length), anything);
    extractJson(`x ${piece.repeat(100_000 / piece.length)} {"a":1}`, anything);
  }
});
