import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../../src/core/json.ts';
import { sampleValue } from '../../../src/providers/demo/sample.ts';

const ajv = new Ajv2020({ strict: false, ownProperties: true, allErrors: true });
// The package is CommonJS: its function is the default export's default.
addFormats.default(ajv);

const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: [] };
const schemas: Readonly<Record<string, JsonSchema>> = {
  'any value': true,
  'the empty schema': {},
  'every type': {
    type: 'object',
    properties: {
      s: { type: 'string' },
      n: { type: 'number' },
      i: { type: 'integer' },
      b: { type: 'boolean' },
      z: { type: 'null' },
      a: { type: 'array', items: { type: 'string' } },
      o: { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] },
    },
    required: ['s', 'n', 'i', 'b', 'z', 'a', 'o'],
    additionalProperties: false,
  },
  'a nullable type': { type: ['null', 'integer'] },
  'an enum': { enum: ['b', 'a'] },
  'a const': { const: { deep: [null] } },
  'limits of integers': {
    type: 'array',
    items: false,
    prefixItems: [
      { type: 'integer', minimum: 7 },
      { type: 'integer', maximum: -3 },
      { type: 'integer', minimum: 2, maximum: 2 },
      { type: 'integer', exclusiveMinimum: 3, exclusiveMaximum: 5 },
      { type: 'integer', multipleOf: 5, minimum: 11 },
      { type: 'integer', minimum: 10.5 },
    ],
  },
  'limits of numbers': {
    type: 'array',
    prefixItems: [
      { type: 'number', exclusiveMinimum: 0, maximum: 0.1 },
      { type: 'number', minimum: -1, exclusiveMaximum: 0 },
      { type: 'number', maximum: 0.2 },
      { type: 'number', minimum: 0, maximum: 1 },
    ],
  },
  lengths: {
    type: 'array',
    prefixItems: [
      { type: 'string', minLength: 40 },
      { type: 'string', maxLength: 2 },
      { type: 'string', maxLength: 0 },
    ],
  },
  'sizes of lists': { type: 'array', minItems: 3, maxItems: 4, uniqueItems: true, items: { type: 'string' } },
  'distinct numbers': {
    type: 'array',
    minItems: 3,
    uniqueItems: true,
    items: { type: 'integer', minimum: 1, maximum: 9 },
  },
  'distinct enum values': { type: 'array', minItems: 2, uniqueItems: true, items: { enum: ['a', 'b'] } },
  'an empty list': { type: 'array', maxItems: 0, items: { type: 'string' } },
  'a map': { type: 'object', minProperties: 2, additionalProperties: { type: 'integer' } },
  patterns: {
    type: 'array',
    prefixItems: [
      '^[A-Z]{3}-\\d{4}$',
      '^(?:red|green)$',
      '^\\+?[0-9 ]{7,}$',
      '^[^a]+$',
      'x',
      '^[가-힣]{2}$',
      '^\\p{Lu}\\.$',
      '^#[0-9a-fA-F]{6}$',
      '^https?://[^/]+/$',
      '^a*b+c?$',
      '^(?<year>\\d{4})-(\\d\\d)$',
      '^\\w+@\\w+\\.[a-z]{2,3}$',
    ].map((pattern) => ({ type: 'string', pattern })),
  },
  'a pattern with a length': { type: 'string', pattern: '^[a-z]+$', minLength: 12 },
  formats: {
    type: 'array',
    prefixItems: [
      'date',
      'time',
      'date-time',
      'duration',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uri-template',
      'uuid',
      'json-pointer',
      'regex',
    ].map((format) => ({ type: 'string', format })),
  },
  references: {
    $ref: '#/$defs/a~1b',
    $defs: {
      'a/b': { type: 'object', properties: { x: { $ref: '#/$defs/n' } }, required: ['x'] },
      n: { type: 'integer' },
    },
  },
  'a recursive reference': { ...node, $defs: { node } },
  'a recursive list': {
    $ref: '#/$defs/t',
    $defs: {
      t: { type: 'object', required: ['kids'], properties: { kids: { type: 'array', items: { $ref: '#/$defs/t' } } } },
    },
  },
  'a tree whose branches may be null': {
    $ref: '#/$defs/tree',
    $defs: {
      tree: {
        type: 'object',
        required: ['left', 'right'],
        properties: {
          left: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] },
          right: { anyOf: [{ $ref: '#/$defs/tree' }, { type: 'null' }] },
        },
      },
    },
  },
  anyOf: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
  'oneOf beside properties': {
    type: 'object',
    properties: { a: { type: 'string' } },
    oneOf: [{ required: ['a'], properties: { b: { type: 'integer' } } }],
  },
  allOf: {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'integer' } }, required: ['b'] },
    ],
  },
  'no type': {
    properties: { a: { minimum: 3 }, b: { items: { type: 'boolean' }, minItems: 1 }, c: { pattern: '^c$' } },
    required: ['a', 'b', 'c'],
  },
  'a property named like one of every object': { type: 'object', properties: {}, required: ['toString', '__proto__'] },
  'a property that is forbidden': { type: 'object', properties: { no: false, yes: { type: 'string' } } },
};

for (const [name, schema] of Object.entries(schemas)) {
  test(`${name}: the sample satisfies the schema`, () => {
    const value = sampleValue(schema);
    const validate = ajv.compile(schema);
    assert.ok(validate(value), `${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`);
  });
}

test('a reference that goes in circles ends', () => {
  assert.doesNotThrow(() => sampleValue({ $ref: '#' }));
  assert.doesNotThrow(() => sampleValue({ type: 'object', required: ['a'], properties: { a: { $ref: '#' } } }));
  assert.doesNotThrow(() => sampleValue({ allOf: [{ $ref: '#' }] }));
});

test('a schema that doubles without end is given up', () => {
  const properties = { a: { $ref: '#' }, b: { $ref: '#' } };
  assert.doesNotThrow(() => sampleValue({ type: 'object', required: ['a', 'b'], properties }));
  assert.equal(sampleValue({ type: 'string', pattern: '^(?:a{1000000}){1000000}$' }), 'sample value');
});

test('limits beyond reason and broken references do no harm', () => {
  const schema = { type: 'object', minProperties: 1e12, additionalProperties: { type: 'string', minLength: 1e12 } };
  assert.doesNotThrow(() => sampleValue(schema));
  assert.doesNotThrow(() => sampleValue({ $ref: '#/$defs/%E0%A4' }));
});

test('a pattern that is none, or beyond what is read, gives a plain word', () => {
  for (const pattern of ['(', '(?=x)y', '\\1']) assert.equal(sampleValue({ type: 'string', pattern }), 'sample value');
});
