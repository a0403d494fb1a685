import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/core/json.ts';
import { isPlainSchema } from '../../src/session/plain-schema.ts';

test('everyday schemas are known to be schemas', () => {
  const schemas: readonly Json[] = [
    true,
    {},
    { type: 'object', properties: { name: { type: 'string', maxLength: 3 } }, required: ['name'] },
    { type: ['string', 'null'], enum: ['a', 'b', null].slice(0, 2) },
    { $defs: { node: { type: 'array', items: { $ref: '#/$defs/node' } } }, anyOf: [{ $ref: '#/$defs/node' }] },
  ];
  for (const schema of schemas) assert.equal(isPlainSchema(schema), true, JSON.stringify(schema));
});

test('whatever is rare or wrong is left to the schema of schemas', () => {
  const wrong: readonly Json[] = [
    5,
    null,
    [],
    { type: 'nonsense' },
    { type: [] },
    { type: ['string', 'string'] },
    { minLength: -1 },
    { minLength: 1.5 },
    { required: 'name' },
    { required: ['a', 'a'] },
    { enum: [] },
    { anyOf: [] },
    { properties: { a: { maximum: '3' } } },
    { items: [{ type: 'string' }] },
    { if: {} },
    { unknown: 1 },
    { toString: 1 },
    { additionalProperties: 'no' },
  ];
  for (const schema of wrong) assert.equal(isPlainSchema(schema), false, JSON.stringify(schema));
  let deep: Json = {};
  for (let level = 0; level < 100_000; level++) deep = { items: deep };
  assert.equal(isPlainSchema(deep), false);
});
