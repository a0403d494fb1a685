/**
 * Many schemas at once: each is converted by the rules or refused by name, none crashes. The real ones are read from
 * packages that are installed anyway; the others are generated from a fixed seed.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { isJsonObject, type Json, type JsonObject, type JsonSchema } from '../../../src/core/json.ts';
import type { Rung } from '../../../src/core/response-format.ts';
import { adaptSchema } from '../../../src/session/structured/adapt.ts';
import { compileSchema } from '../../../src/session/validate.ts';
import { assertStrict } from './strict-checker.ts';

/** Config files and schemas of schemas: recursive, with unions and maps. */
const documents = [
  '@biomejs/biome/configuration_schema.json',
  'ajv/dist/refs/json-schema-draft-06.json',
  'ajv/dist/refs/json-schema-draft-07.json',
  'ajv/dist/refs/json-schema-secure.json',
  ...['core', 'applicator', 'unevaluated', 'validation', 'meta-data', 'format-annotation', 'content'].map(
    (part) => `ajv/dist/refs/json-schema-2020-12/meta/${part}.json`,
  ),
];

/** A guard against hanging, not a goal. */
const maxMs = 1000;

test('every definition of real schemas is converted by the rules or refused by name', () => {
  let converted = 0;
  const schemas = documents.flatMap((name) => definitionsOf(readSchema(name)));
  for (const schema of schemas) if (adapts(schema, 'strict')) converted++;
  assert.ok(schemas.length > 700, `${schemas.length} schemas`);
  assert.ok(converted > schemas.length * 0.9, `${converted} of ${schemas.length} converted`);
});

test('whole real schemas are adapted for every rung', () => {
  for (const name of documents) {
    for (const form of ['any', 'object', 'strict', 'strict-or-object'] as const) adapts(readSchema(name), form);
  }
});

test('600 generated schemas are converted by the rules or refused by name', () => {
  let converted = 0;
  for (const schema of fc.sample(schemas(sensible), { numRuns: 600, seed: 4 })) {
    if (adapts(schema, 'strict')) converted++;
  }
  assert.ok(converted > 150, `${converted} converted`);
});

test('600 schemas with any JSON where a keyword expects something else do not crash', () => {
  for (const schema of fc.sample(schemas(senseless), { numRuns: 600, seed: 4 })) {
    adapts(schema, 'strict');
    adapts(schema, 'strict-or-object');
  }
});

test('what is sent for a generated schema is a schema, and the same one the second time', () => {
  for (const schema of fc.sample(schemas(sensible), { numRuns: 60, seed: 5 })) {
    const adapted = adaptSchema(schema, 'strict-or-object');
    assert.ok(adapted.ok);
    if (adapted.strict) compileSchema(adapted.schema);
    const again = adaptSchema(schema, 'strict-or-object');
    assert.ok(again.ok);
    assert.deepEqual([again.schema, again.changes], [adapted.schema, adapted.changes]);
  }
});

test('schemas that unfold without end are refused', () => {
  const choices = (depth: number): Json =>
    depth === 0
      ? { type: 'string' }
      : { anyOf: [choices(depth - 1), { allOf: [choices(depth - 1), { type: 'string' }] }] };
  const endless = {
    allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }],
    $defs: {
      a: { type: 'object', properties: { x: { $ref: '#/$defs/a' }, y: { $ref: '#/$defs/b' } } },
      b: { type: 'object', properties: { x: { $ref: '#/$defs/b' }, y: { $ref: '#/$defs/a' } } },
    },
  };
  const product = { allOf: Array.from({ length: 10 }, () => ({ anyOf: [{ minLength: 1 }, { maxLength: 2 }] })) };
  let nested: JsonSchema = { type: 'string' };
  for (let level = 0; level < 20_000; level++) nested = { items: nested };
  const chain = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`d${index}`, { allOf: [{ $ref: `#/$defs/d${index + 1}` }] }]),
  );
  for (const schema of [endless, product, nested, { ...chain.d0, $defs: chain }]) {
    assert.equal(adapts(schema as JsonObject, 'strict'), false);
  }
  adapts(choices(8) as JsonObject, 'strict');
});

/** @returns whether it could be expressed */
function adapts(schema: JsonSchema, form: Rung['schema']): boolean {
  const start = performance.now();
  const adapted = adaptSchema(schema, form);
  assert.ok(performance.now() - start < maxMs, 'it takes too long');
  if (!adapted.ok) {
    assert.ok(adapted.reasons.length > 0 && adapted.reasons.length <= 12);
    return false;
  }
  if (adapted.strict) assertStrict(adapted.schema);
  assert.ok(adapted.changes.length <= 12);
  return true;
}

function readSchema(name: string): JsonObject {
  const [, scope = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(name) ?? [];
  const folder = createRequire(import.meta.url)
    .resolve(`${scope}/package.json`)
    .replace(/package\.json$/, '');
  return JSON.parse(readFileSync(`${folder}${rest}`, 'utf8'));
}

/** Each definition as a schema of its own, with the definitions it needs. */
function definitionsOf(document: JsonObject): readonly JsonObject[] {
  return ['definitions', '$defs'].flatMap((keyword) => {
    const definitions = document[keyword];
    if (!isJsonObject(definitions)) return [];
    return Object.keys(definitions).map((name) => {
      const needed = new Set([name]);
      for (const one of needed) {
        for (const [, other] of JSON.stringify(definitions[one]).matchAll(/"#\/[^/"]+\/([^/"]+)"/g))
          needed.add(String(other));
      }
      return {
        $ref: `#/${keyword}/${name}`,
        [keyword]: Object.fromEntries([...needed].map((one) => [one, definitions[one] ?? {}])),
      };
    });
  });
}

/** Every keyword, each with what `make` makes for it. */
function schemas(
  make: (keyword: string, schema: fc.Arbitrary<JsonSchema>) => fc.Arbitrary<Json>,
): fc.Arbitrary<JsonSchema> {
  const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      fc.constantFrom<JsonSchema>(
        { type: 'string' },
        { type: 'integer' },
        { enum: ['a', 'b'] },
        { $ref: '#' },
        { $ref: '#/$defs/d' },
        true,
      ),
      fc
        .uniqueArray(fc.constantFrom(...keywords), { minLength: 1, maxLength: 5 })
        .chain((some) =>
          fc.tuple(...some.map((keyword) => fc.tuple(fc.constant(keyword), make(keyword, tie('schema'))))),
        )
        .map((members): JsonSchema => withTypes(Object.fromEntries(members))),
    ),
  }));
  return fc.tuple(schema, schema).map(([root, d]) => (isJsonObject(root) ? { ...root, $defs: { d } } : root));
}

/** Mostly as people write them: with a type. */
function withTypes(schema: JsonObject): JsonObject {
  if (schema.properties !== undefined) return { type: 'object', ...schema };
  return schema.items === undefined ? schema : { type: 'array', ...schema };
}

const keywords = [
  ...['type', 'properties', 'properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames'],
  ...['items', 'prefixItems', 'minItems', 'uniqueItems', 'enum', 'const', 'allOf', 'anyOf', 'oneOf', 'not', 'if'],
  ...['then', 'else', 'minLength', 'pattern', 'format', 'minimum', 'exclusiveMinimum', 'nullable', 'dependentSchemas'],
  ...['description', 'default', '$ref', '$anchor', 'dependencies', 'unevaluatedProperties', 'minProperties'],
] as const;

function sensible(keyword: string, schema: fc.Arbitrary<JsonSchema>): fc.Arbitrary<Json> {
  const name = fc.constantFrom('a', 'b', 'c');
  switch (keyword) {
    case 'type':
      return fc.constantFrom<Json>(
        'string',
        'object',
        'array',
        'number',
        'boolean',
        ['string', 'null'],
        ['object', 'null'],
      );
    case 'properties':
    case 'dependentSchemas':
      return fc.dictionary(name, schema, { minKeys: 1, maxKeys: 3 });
    case 'patternProperties':
      return schema.map((value) => ({ '^x': value }));
    case 'required':
      return fc.uniqueArray(name);
    case 'items':
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'propertyNames':
    case 'not':
    case 'if':
    case 'then':
    case 'else':
      return schema;
    case 'prefixItems':
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return fc.array(schema, { minLength: 1, maxLength: 3 });
    case 'enum':
      return fc.uniqueArray(fc.constantFrom<Json>('a', 1, null, true, { k: [1] }), { minLength: 1 });
    case 'pattern':
      return fc.constantFrom('^a', '(?=b)');
    case 'format':
      return fc.constantFrom('date', 'uri');
    case '$ref':
      return fc.constantFrom('#', '#/$defs/d');
    case 'nullable':
    case 'uniqueItems':
      return fc.boolean();
    case 'description':
    case '$anchor':
      return fc.constantFrom('one', 'two');
    case 'dependencies':
      return fc.constant({ a: ['b'] });
    default:
      return fc.nat(5);
  }
}

function senseless(keyword: string, schema: fc.Arbitrary<JsonSchema>): fc.Arbitrary<Json> {
  // What fast-check gives as a JSON value is one.
  return fc.oneof(sensible(keyword, schema), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
}
