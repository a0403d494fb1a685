import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, JsonSchema } from '../../../src/core/json.ts';
import { printJson, toJsonValue } from '../../../src/core/json-node.ts';
import { breaksOpenly, type JsonVerdict, judgeJson } from '../../../src/session/structured/judge-json.ts';
import { compileSchema } from '../../../src/session/validate.ts';

const person: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string', pattern: '^[A-Z]' }, age: { type: 'integer', minimum: 0 } },
  required: ['name', 'age'],
  additionalProperties: false,
};

function judge(text: string, schema: JsonSchema = person, sent: JsonSchema = schema): JsonVerdict {
  const { detailed } = compileSchema(schema);
  return judgeJson(text, { schemas: [schema, sent], validate: (node) => detailed(toJsonValue(node)) });
}

function problems(text: string, schema?: JsonSchema): readonly string[] {
  const verdict = judge(text, schema);
  return verdict.ok ? [] : verdict.problems;
}

function ignored(text: string, schema?: JsonSchema): boolean {
  const verdict = judge(text, schema);
  if (verdict.ok) return false;
  if (verdict.found !== 'invalid') return verdict.found !== 'cut';
  return (
    verdict.node !== undefined && breaksOpenly(compileSchema(schema ?? person).detailed(toJsonValue(verdict.node)))
  );
}

test('a valid answer is given with the digits and the order that the model wrote', () => {
  const verdict = judge('{"age": 12345678901234567890, "name": "Ann"}');
  assert.ok(verdict.ok);
  assert.equal(printJson(verdict.node), '{"age":12345678901234567890,"name":"Ann"}');
  assert.deepEqual(verdict.repairs, []);
});

test('of a key given twice the last value counts', () => {
  const verdict = judge('{"name":"Ann","age":-1,"age":2}');
  assert.ok(verdict.ok);
  assert.equal(printJson(verdict.node), '{"name":"Ann","age":2}');
});

test('what has the shape but breaks a limit was not visibly ignored', () => {
  assert.deepEqual(problems('{"name":"ann","age":-1}'), [
    '/name: must match pattern "^[A-Z]", got "ann"',
    '/age: must be >= 0, got -1',
  ]);
  assert.equal(ignored('{"name":"ann","age":-1}'), false);
});

for (const [name, text] of [
  ['prose', 'Ann is 2 years old.'],
  ['nothing', ''],
  ['null', 'null'],
  ['a refusal', 'I cannot help with that.'],
  ['another kind of value', '["Ann", 2]'],
  ['a missing property', '{"name":"Ann"}'],
  ['a property too many', '{"name":"Ann","age":2,"note":"x"}'],
  ['a property of another type', '{"name":"Ann","age":"2"}'],
  ['broken JSON', '{"name":"Ann","age":NaN}'],
  ['several answers', '{"name":"Ann","age":2} {"name":"Bob","age":3}'],
] as const) {
  test(`a server that enforces a schema gives no such answer: ${name}`, () => assert.equal(ignored(text), true));
}

test('a number too large is wrong and shows nothing', () => {
  assert.notDeepEqual(problems('{"name":"Ann","age":1e400}'), []);
  assert.equal(ignored('{"name":"Ann","age":1e400}'), false);
});

test('JSON that breaks off shows that it was asked for', () => {
  assert.deepEqual(problems('{"name":"Ann","age":'), ['its JSON stops before its end']);
  assert.equal(ignored('{"name":"Ann","age":'), false);
});

test('an apology holds no JSON', () => {
  assert.deepEqual(problems("I'm sorry, but I can't."), ['there is no JSON in it']);
});

test('the schema given back is no answer, even where it would satisfy itself', () => {
  const loose: JsonObject = { type: 'object', properties: { name: { type: 'string' } } };
  const sent: JsonObject = { ...loose, required: ['name'], additionalProperties: false };
  const echo = ['it is the schema itself, not an answer to it'];
  for (const text of [
    JSON.stringify(loose),
    `The schema is:\n\`\`\`json\n${JSON.stringify(loose, null, 2)}\n\`\`\``,
    JSON.stringify({ title: 'answer', properties: loose.properties }),
    JSON.stringify(sent),
  ]) {
    assert.deepEqual(problems(text, loose), echo, text);
    assert.equal(ignored(text, loose), true);
  }
  const verdict = judge(`${JSON.stringify(loose)}\n{"name":"Ann"}`, loose, sent);
  assert.ok(verdict.ok);
  assert.equal(printJson(verdict.node), '{"name":"Ann"}');
});

test('an array schema given back is recognised too', () => {
  const list: JsonObject = { type: 'array', items: { type: 'string' } };
  assert.deepEqual(problems('{"type":"array","items":{"type":"string"}}', list), [
    'it is the schema itself, not an answer to it',
  ]);
});

test('an answer about schemas may hold properties of that name', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { type: { const: 'object' }, properties: { type: 'object' } },
    required: ['properties'],
  };
  assert.deepEqual(problems('{"type":"object","properties":{"a":{"type":"string"}}}', schema), []);
});
