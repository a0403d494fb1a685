import assert from 'node:assert/strict';
import { test } from 'node:test';
import { multiSchema, selectSchema } from '../../src/cli/schema-refs.ts';
import type { JsonObject, JsonSchema } from '../../src/core/json.ts';
import { compileSchema } from '../../src/session/validate.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';

function problems(schema: JsonSchema | undefined, value: unknown): readonly string[] {
  assert.ok(schema !== undefined);
  // The values of these tests are JSON.
  return compileSchema(schema)(value as never);
}

test('many of something are the items of an object', () => {
  assert.deepEqual(multiSchema({ $schema: draft07, type: 'string' }), {
    $schema: draft07,
    type: 'object',
    properties: { items: { type: 'array', items: { type: 'string' } } },
    required: ['items'],
    additionalProperties: false,
  });
  assert.deepEqual(problems(multiSchema(true), { items: [1, 'a'] }), []);
});

for (const container of ['$defs', 'definitions']) {
  test(`references to ${container}, to the root and into it still hold for each of many`, () => {
    const many = multiSchema({
      $id: 'https://example.com/node',
      type: 'object',
      properties: {
        name: { type: 'string' },
        alias: { $ref: '#/properties/name' },
        size: { $ref: `#/${container}/size` },
        children: { type: 'array', items: { $ref: '#' } },
        $ref: { const: '#' },
      },
      required: ['name'],
      [container]: { size: { enum: [1, 2] }, loop: { $ref: '#' } },
    });
    const good = { name: 'a', alias: 'b', size: 1, $ref: '#', children: [{ name: 'c', children: [] }] };
    assert.deepEqual(problems(many, { items: [good, good] }), []);
    assert.equal(problems(many, { items: [{ ...good, size: 3 }] }).length, 1);
    assert.equal(problems(many, { items: [{ ...good, alias: 1 }] }).length, 1);
    assert.equal(problems(many, { items: [{ ...good, children: [{}] }] }).length, 1);
    assert.ok(Object.hasOwn(many, container));
  });
}

const document: JsonObject = {
  $schema: draft07,
  definitions: {
    tree: {
      type: 'object',
      properties: { left: { $ref: '#/definitions/tree' }, leaf: { $ref: '#/definitions/leaf' } },
    },
    leaf: { type: 'string', pattern: '^a' },
    'a/b~c d': { items: { $ref: '#/definitions/leaf/pattern' } },
    deep: { leaf: { type: 'integer' }, list: [{ const: 1 }, { $ref: '#/definitions/deep/leaf' }] },
    two: { anyOf: [{ $ref: '#/definitions/leaf' }, { $ref: '#/definitions/deep/leaf' }] },
    data: { enum: [{ $ref: '#/definitions/leaf' }], default: { $ref: '#/definitions/leaf' } },
    lost: { $ref: '#/definitions/nowhere' },
    whole: { properties: { all: { $ref: '#' } } },
    own: { $id: 'https://example.com/own', $defs: { x: { type: 'null' } }, items: { $ref: '#/$defs/x' } },
    any: true,
  },
};

test('a schema out of a document brings along what it refers to, and nothing else', () => {
  assert.deepEqual(selectSchema(document, '/definitions/tree'), {
    $schema: draft07,
    type: 'object',
    properties: { left: { $ref: '#' }, leaf: { $ref: '#/$defs/leaf' } },
    $defs: { leaf: { type: 'string', pattern: '^a' } },
  });
  const tree = selectSchema(document, '/definitions/tree');
  assert.deepEqual(problems(tree, { left: { left: { leaf: 'ab' } } }), []);
  assert.equal(problems(tree, { left: { left: { leaf: 'b' } } }).length, 1);
});

test('two places whose names end alike keep apart', () => {
  const two = selectSchema(document, '/definitions/two');
  assert.deepEqual(problems(two, 'a'), []);
  assert.deepEqual(problems(two, 1), []);
  assert.notEqual(problems(two, 'b').length, 0);
  assert.deepEqual(Object.keys((two as { $defs: object }).$defs), ['leaf', 'leaf_2']);
});

test('places are found through escapes, percent signs and lists', () => {
  assert.notEqual(selectSchema(document, '/definitions/a~1b~0c d'), undefined);
  assert.notEqual(selectSchema(document, '/definitions/a~1b~0c%20d'), undefined);
  assert.deepEqual(problems(selectSchema(document, '/definitions/deep/list/1'), 2), []);
  assert.equal(selectSchema(document, '/definitions/any'), true);
  for (const place of ['/definitions/x', '/definitions/leaf/type', '/definitions/deep/list/7', '/toString', '/%zz']) {
    assert.equal(selectSchema(document, place), undefined, place);
  }
});

test('data that looks like a reference, and a reference that leads nowhere, stay as they are', () => {
  assert.deepEqual(selectSchema(document, '/definitions/data'), {
    $schema: draft07,
    enum: [{ $ref: '#/definitions/leaf' }],
    default: { $ref: '#/definitions/leaf' },
  });
  assert.deepEqual(selectSchema(document, '/definitions/lost'), {
    $schema: draft07,
    $ref: '#/definitions/nowhere',
  });
});

test('a reference to the whole document takes it along once', () => {
  const whole = selectSchema(document, '/definitions/whole') as JsonObject;
  assert.deepEqual(whole.properties, { all: { $ref: '#/$defs/root' } });
  assert.deepEqual(problems(whole, { all: { all: 1 } }), []);
});

test('a schema with an address of its own is a document of its own', () => {
  assert.deepEqual(problems(selectSchema(document, '/definitions/own'), [null]), []);
});

test('OpenAPI 3.0 is draft-04, 3.1 names no draft', () => {
  const schemas = { Age: { type: 'integer', minimum: 0, exclusiveMinimum: true } };
  const old = selectSchema({ openapi: '3.0.3', components: { schemas } }, '/components/schemas/Age');
  assert.deepEqual([problems(old, 1).length, problems(old, 0).length], [0, 1]);
  const recent = { openapi: '3.1.0', components: { schemas: { Age: { type: 'integer' } } } };
  assert.deepEqual(selectSchema(recent, '/components/schemas/Age'), { type: 'integer' });
});
