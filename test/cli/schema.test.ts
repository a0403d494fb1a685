import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type SchemaOptions, wantedSchema } from '../../src/cli/schema.ts';
import { schemaFacts } from '../../src/cli/schema-facts.ts';
import { isChatError } from '../../src/core/error.ts';
import { resolvePaths } from '../../src/store/paths.ts';
import { temporaryFolder } from '../support/run-banter.ts';

const plain: SchemaOptions = {
  paths: resolvePaths({ BANTER_HOME: join(temporaryFolder(), 'home') }, ''),
  isMulti: false,
  streamItems: false,
  discardItems: false,
};

test('a schema is read and compiled', async () => {
  const wanted = await wantedSchema('name, age int', plain);
  assert.equal(wanted.name, 'answer');
  assert.deepEqual(wanted.validate({ name: 'Ada', age: 36 }), []);
  assert.deepEqual(
    wanted.validate({ name: 'Ada' }).map(({ text }) => text),
    ['/: "age" is missing'],
  );
  assert.equal(wanted.items, undefined);
});

test('many of them are asked for as items', async () => {
  const { validate } = await wantedSchema('name string', { ...plain, isMulti: true });
  assert.deepEqual(validate({ items: [{ name: 'Ada' }] }), []);
  assert.notEqual(validate({ name: 'Ada' }).length, 0);
});

test('the elements of the one array are wanted one by one, each with its own judgement', async () => {
  const { items } = await wantedSchema('name string', { ...plain, isMulti: true, streamItems: true });
  assert.deepEqual(items?.path, ['items']);
  assert.deepEqual(items?.validate({ name: 'Ada' }), []);
  assert.notEqual(items?.validate({}).length, 0);
  assert.deepEqual(items?.validateAround?.({ items: [] }, 3), []);
});

test('a schema that cannot be used is refused with its place, before any request', async () => {
  for (const [given, complaint] of [
    ['{"properties":{"a":{"type":"text"}}}', /\/properties\/a\/type/],
    ['{"$ref":"http://127.0.0.1:9/x.json"}', /\$ref/],
    ['{"$ref":"file:///etc/passwd"}', /\$ref/],
    ['{"$schema":"http://example.com/mine"}', /\$schema/],
    ['{"$ref":"#"}', /refers only to itself/],
    ['false', /no value satisfies it/],
  ] as const) {
    await assert.rejects(
      wantedSchema(given, plain),
      (error) => isChatError(error, 'usage') && complaint.test(error.message),
    );
  }
});

test('elements one by one need an array', async () => {
  await assert.rejects(wantedSchema('name, age int', { ...plain, streamItems: true }), (error) =>
    isChatError(error, 'usage'),
  );
});

test('the facts of a schema: its draft, what its root is, how large it is', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      a: { type: 'array', items: { properties: { default: { type: 'string' } } } },
      b: { enum: [{ properties: {} }] },
    },
  };
  const { draft, root, properties, depth } = schemaFacts(schema);
  assert.deepEqual(
    { draft, root, properties, depth },
    { draft: '2020-12', root: 'an object', properties: 3, depth: 3 },
  );
  assert.deepEqual(schemaFacts(false), {
    draft: '2020-12',
    root: 'nothing at all',
    properties: 0,
    depth: 0,
    characters: 5,
  });
  const roots = [true, {}, { type: ['string', 'null'] }, { anyOf: [true, true] }, { enum: [1] }, { $ref: '#/$defs/a' }];
  assert.deepEqual(
    roots.map((each) => schemaFacts(each).root),
    [
      'any value',
      'any value',
      'a string or null',
      'one of 2 forms',
      'one of the values it names',
      'what #/$defs/a says',
    ],
  );
});
