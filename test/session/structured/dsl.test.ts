import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/core/json.ts';
import { readSchemaDsl } from '../../../src/session/structured/dsl.ts';

function schemaOf(text: string): JsonObject {
  const read = readSchemaDsl(text);
  assert.ok(read.ok, read.ok ? '' : `at ${read.at}: ${read.problem}`);
  return read.schema;
}

function propertiesOf(text: string): unknown {
  return schemaOf(text).properties;
}

function refused(text: string): string {
  const read = readSchemaDsl(text);
  assert.ok(!read.ok, `it was accepted: ${JSON.stringify(read)}`);
  return `${read.at}: ${read.problem}`;
}

const string = { type: 'string' };

test('fields by comma, with types and descriptions as llm has them', () => {
  assert.deepEqual(schemaOf('name, age int, bio: one line, score float, ok bool: whether it is'), {
    type: 'object',
    properties: {
      name: string,
      age: { type: 'integer' },
      bio: { type: 'string', description: 'one line' },
      score: { type: 'number' },
      ok: { type: 'boolean', description: 'whether it is' },
    },
    required: ['name', 'age', 'bio', 'score', 'ok'],
    additionalProperties: false,
  });
});

test('one field a line, and then a description may hold commas and colons', () => {
  const text = '\n name: first, then last\n age int: in years: whole ones, please\n\n bio\n';
  assert.deepEqual(propertiesOf(text), {
    name: { type: 'string', description: 'first, then last' },
    age: { type: 'integer', description: 'in years: whole ones, please' },
    bio: string,
  });
});

test('a comma at the end of a line, of the text, or twice is no field', () => {
  assert.deepEqual(Object.keys(schemaOf('a,\nb int,\r\nc,\n').properties as JsonObject), ['a', 'b', 'c']);
  assert.deepEqual(Object.keys(schemaOf(', a,, b ,').properties as JsonObject), ['a', 'b']);
});

test('the long names of the types are accepted, too', () => {
  assert.deepEqual(propertiesOf('a str, b string, c integer, d number, e boolean'), {
    a: string,
    b: string,
    c: { type: 'integer' },
    d: { type: 'number' },
    e: { type: 'boolean' },
  });
});

test('lists of strings, of a type, and of lists', () => {
  const integers = { type: 'array', items: { type: 'integer' } };
  assert.deepEqual(
    propertiesOf('a list, b list[int], c int[], d int[][], e list[list[int]], f array: words, g list[]'),
    {
      a: { type: 'array', items: string },
      b: integers,
      c: integers,
      d: { type: 'array', items: integers },
      e: { type: 'array', items: integers },
      f: { type: 'array', items: string, description: 'words' },
      g: { type: 'array', items: string },
    },
  );
});

test('a question mark makes a field optional', () => {
  assert.deepEqual(schemaOf('name, nick?, age? int: if known').required, ['name']);
});

test('words with bars are choices, whole numbers among themselves are numbers', () => {
  assert.deepEqual(propertiesOf('role admin | user|guest: what one may do, stars 1|2|3, mixed 1|two, many a|b[]'), {
    role: { type: 'string', enum: ['admin', 'user', 'guest'], description: 'what one may do' },
    stars: { type: 'integer', enum: [1, 2, 3] },
    mixed: { type: 'string', enum: ['1', 'two'] },
    many: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
  });
});

test('braces hold an object inside, also in a list and on lines of its own', () => {
  const address = {
    type: 'object',
    properties: { street: string, city: { type: 'string', description: 'the town' } },
    required: ['street', 'city'],
    additionalProperties: false,
  };
  assert.deepEqual(propertiesOf('name, home {street, city: the town}, others {street, city: the town}[], age int'), {
    name: string,
    home: address,
    others: { type: 'array', items: address },
    age: { type: 'integer' },
  });
  const lines = 'home {\n  street\n  city: the town\n}: where, exactly\nage int';
  assert.deepEqual(propertiesOf(lines), {
    home: { ...address, description: 'where, exactly' },
    age: { type: 'integer' },
  });
});

test('names of fields are words of any script, and the wide comma and colon of an input method count', () => {
  assert.deepEqual(Object.keys(schemaOf('이름, 나이 int, первый_год, naïve, a-b, $id').properties as JsonObject), [
    '이름',
    '나이',
    'первый_год',
    'naïve',
    'a-b',
    '$id',
  ]);
  assert.deepEqual(propertiesOf('姓名，年龄 int：周岁'), {
    姓名: string,
    年龄: { type: 'integer', description: '周岁' },
  });
});

test('a field may bear a name that objects have already', () => {
  const { properties, required } = schemaOf('__proto__ int, constructor, toString');
  assert.deepEqual(Object.keys(properties as JsonObject), ['__proto__', 'constructor', 'toString']);
  assert.deepEqual(required, ['__proto__', 'constructor', 'toString']);
});

test('what is wrong is said with its place and what is expected there', () => {
  const cases: Readonly<Record<string, string>> = {
    '': '0: the name of a field is expected',
    ' , ': '3: the name of a field is expected',
    ': what': '0: the name of a field is expected, not ":"',
    'a, b c': '5: "c" is no type: string, int, float, bool, list, list[int], int[], one|two or {field, field}',
    'a strng': '2: "strng" is no type: string?',
    'a toString': '2: "toString" is no type: string?',
    'person.jsn': '6: a comma, a line end, ": description" or a type is expected, not "."',
    'a int b': '6: a comma, a line end, ": description" or a type is expected, not "b"',
    'a, b, a int': '6: the field "a" is there twice',
    'a {b, c': '2: this { is never closed',
    'a {}': '3: the name of a field is expected',
    'a list[int': '6: this [ is never closed',
    'a:, b': '2: a description is expected behind the colon',
    'type: object\nproperties:\n  name:\n    type: string': '24: a description is expected behind the colon',
    'a x|': '4: another choice is expected, not the end',
    'a}': '1: a comma, a line end, ": description" or a type is expected, not "}"',
    'a\u{1f600}': '1: a comma, a line end, ": description" or a type is expected, not "\u{1f600}"',
  };
  for (const [text, problem] of Object.entries(cases)) assert.equal(refused(text), problem, text);
});

test('text that opens without end is refused, not a full stack', () => {
  assert.match(refused('a {'.repeat(50_000)), /more than 20/);
  assert.match(refused(`a ${'list['.repeat(50_000)}`), /more than 20/);
  assert.equal(readSchemaDsl(`a int${'[]'.repeat(10)}`).ok, true);
});
