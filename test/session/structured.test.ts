import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correction, judgeAnswer } from '../../src/session/structured/index.ts';

const anything = (): readonly string[] => [];

test('a valid value is given as the model wrote it: digits, order, spaces', () => {
  for (const json of [
    '{"b":1,"a":12345678901234567890}',
    '[ 1.0, 1e2 ]',
    '{\n  "a": "é\\u00e9"\n}',
    'null',
    '"text"',
  ]) {
    assert.deepEqual(judgeAnswer(json, anything), { ok: true, json });
  }
});

test('white space and a byte order mark around the value do not count', () => {
  assert.deepEqual(judgeAnswer('\ufeff\n {"a":1} \n\n', anything), { ok: true, json: '{"a":1}' });
});

test('a fence around the whole answer is taken off', () => {
  for (const answer of [
    '```json\n{"a":1}\n```',
    '```\n{"a":1}\n```',
    '```JSON \n\n{"a":1}\n\n```\n',
    ' ```json\n{"a":1}```',
  ]) {
    assert.deepEqual(judgeAnswer(answer, anything), { ok: true, json: '{"a":1}' }, answer);
  }
});

test('backticks inside a string of the value stay', () => {
  const json = '{"code":"```\\nx\\n```"}';
  assert.deepEqual(judgeAnswer(`\`\`\`json\n${json}\n\`\`\``, anything), { ok: true, json });
  assert.deepEqual(judgeAnswer(json, anything), { ok: true, json });
});

test('what is no JSON is a problem and is not validated', () => {
  const validate = () => assert.fail('there is no value to validate');
  for (const answer of [
    '{"a":',
    'Here it is: {"a":1}',
    '{"a":1} {"b":2}',
    '```json\n{"a":1}\n``` and more',
    "{'a':1}",
  ]) {
    assert.deepEqual(judgeAnswer(answer, validate), { ok: false, problems: ['it is no JSON'] }, answer);
  }
  for (const answer of ['', ' \n']) {
    assert.deepEqual(judgeAnswer(answer, validate), { ok: false, problems: ['it is empty'] });
  }
});

test('the problems are the ones of the schema', () => {
  const seen: unknown[] = [];
  const validate = (value: unknown): readonly string[] => {
    seen.push(value);
    return ['/a: is missing'];
  };
  assert.deepEqual(judgeAnswer('```json\n{"b":[null]}\n```', validate), { ok: false, problems: ['/a: is missing'] });
  assert.deepEqual(seen, [{ b: [null] }]);
});

test('the message that asks again names every problem on a line of its own', () => {
  const lines = correction(['/a: is missing', '/b: expected string, got 1']).split('\n');
  assert.deepEqual(lines.slice(1, 3), ['- /a: is missing', '- /b: expected string, got 1']);
  assert.equal(lines.length, 4);
  assert.match(lines[3] ?? '', /only the corrected JSON value/);
});
