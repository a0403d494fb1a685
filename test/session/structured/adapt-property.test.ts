/** Any value of any schema, written in the strict form, comes back as itself. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { readJson, toJsonValue } from '../../../src/core/json-node.ts';
import { type AdaptedSchema, adaptSchema } from '../../../src/session/structured/adapt.ts';
import { compileSchema } from '../../../src/session/validate.ts';
import { assertStrict } from './strict-checker.ts';

type Model =
  | { readonly kind: 'scalar'; readonly type: 'string' | 'integer' | 'number' | 'boolean' }
  | { readonly kind: 'enum'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'nullable'; readonly of: Model }
  | { readonly kind: 'array'; readonly of: Model }
  | { readonly kind: 'pair'; readonly of: readonly [Model, Model] }
  | { readonly kind: 'map'; readonly of: Model }
  | { readonly kind: 'object'; readonly keys: readonly Key[]; readonly others?: Model; readonly split: boolean }
  | { readonly kind: 'choice'; readonly of: readonly Model[]; readonly keyword: 'anyOf' | 'oneOf' }
  | { readonly kind: 'tree' };

interface Key {
  readonly name: string;
  readonly optional: boolean;
  readonly of: Model;
}

/** Not `__proto__`: ajv passes over a property of that name. As a key of a map it does occur. */
const names = fc.constantFrom('a', 'b', 'name', 'key', 'value', 'toString', 'ü/~', 'additionalProperties');

const { model, object } = fc.letrec<{ model: Model; object: Extract<Model, { kind: 'object' }>; leaf: Model }>(
  (tie) => ({
    leaf: fc.oneof(
      fc
        .constantFrom('string', 'integer', 'number', 'boolean')
        .map((type): Model => ({ kind: 'scalar', type }) as Model),
      fc
        .uniqueArray(fc.constantFrom('x', 'y', 1, 2, true, null), { minLength: 1, maxLength: 4 })
        .map((values): Model => ({ kind: 'enum', values })),
      fc.constant<Model>({ kind: 'tree' }),
    ),
    model: fc.oneof(
      { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
      tie('leaf'),
      tie('model').map((of): Model => ({ kind: 'nullable', of })),
      tie('model').map((of): Model => ({ kind: 'array', of })),
      fc.tuple(tie('model'), tie('model')).map((of): Model => ({ kind: 'pair', of })),
      tie('model').map((of): Model => ({ kind: 'map', of })),
      tie('object'),
      fc
        .tuple(fc.array(tie('object'), { minLength: 2, maxLength: 3 }), fc.constantFrom('anyOf', 'oneOf'))
        .map(([of, keyword]): Model => ({ kind: 'choice', of: of.map(tagged), keyword })),
    ),
    object: fc
      .record({
        keys: fc.uniqueArray(fc.record({ name: names, optional: fc.boolean(), of: tie('model') }), {
          minLength: 1,
          maxLength: 4,
          selector: ({ name }) => name,
        }),
        others: fc.option(tie('model'), { nil: undefined }),
        split: fc.boolean(),
      })
      .map(({ keys, others, split }) => ({ kind: 'object', keys, split, ...(others && { others }) })),
  }),
);

/** The branches of a choice are told apart by a constant. */
function tagged(of: Extract<Model, { kind: 'object' }>, index: number): Model {
  const tag: Key = { name: 'tag', optional: false, of: { kind: 'enum', values: [`branch ${index}`] } };
  return { ...of, keys: [tag, ...of.keys] };
}

const tree: JsonObject = {
  type: 'object',
  properties: {
    label: { type: 'string' },
    weights: { type: 'object', additionalProperties: { type: 'number' } },
    children: { type: 'array', items: { $ref: '#/definitions/tree' } },
    next: { anyOf: [{ $ref: '#/definitions/tree' }, { type: 'null' }] },
  },
  required: ['label', 'next'],
};

function schemaOf(of: Model): JsonObject {
  switch (of.kind) {
    case 'scalar':
      return { type: of.type };
    case 'enum':
      return of.values.length === 1 ? { const: of.values[0] ?? null } : { enum: of.values };
    case 'nullable':
      return { anyOf: [schemaOf(of.of), { type: 'null' }] };
    case 'array':
      return { type: 'array', items: schemaOf(of.of) };
    case 'pair':
      return { type: 'array', prefixItems: of.of.map(schemaOf), minItems: 2, items: false };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(of.of) };
    case 'object':
      return objectSchema(of);
    case 'choice':
      return { [of.keyword]: of.of.map(schemaOf) };
    case 'tree':
      return { $ref: '#/definitions/tree' };
  }
}

/** Split: half of the keys under allOf. */
function objectSchema({ keys, others, split }: Extract<Model, { kind: 'object' }>): JsonObject {
  const part = (some: readonly Key[]): JsonObject => ({
    type: 'object',
    properties: Object.fromEntries(some.map(({ name, of }) => [name, schemaOf(of)])),
    required: some.filter(({ optional }) => !optional).map(({ name }) => name),
  });
  if (others !== undefined) return { ...part(keys), additionalProperties: schemaOf(others) };
  const half = Math.ceil(keys.length / 2);
  return split && keys.length > 1 ? { ...part(keys.slice(0, half)), allOf: [part(keys.slice(half))] } : part(keys);
}

interface Sample {
  /** As the original schema has it. */
  readonly value: Json;
  /** As the strict schema has it. */
  readonly strict: Json;
}

const both = (value: Json): Sample => ({ value, strict: value });

function samplesOf(of: Model): fc.Arbitrary<Sample> {
  switch (of.kind) {
    case 'scalar':
      return scalars[of.type].map(both);
    case 'enum':
      return fc.constantFrom(...of.values).map(both);
    case 'nullable':
      return fc.oneof(samplesOf(of.of), fc.constant(both(null)));
    case 'array':
      return fc.array(samplesOf(of.of), { maxLength: 3 }).map(list);
    case 'pair':
      return fc.tuple(samplesOf(of.of[0]), samplesOf(of.of[1])).map(list);
    case 'map':
      return entriesOf(samplesOf(of.of), []).map(map);
    case 'object':
      return objectSamples(of);
    case 'choice':
      return fc.oneof(...of.of.map(samplesOf));
    case 'tree':
      return trees;
  }
}

const scalars = {
  string: fc.string({ unit: 'binary', maxLength: 5 }),
  integer: fc.integer(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  boolean: fc.boolean(),
};

type Entries = readonly (readonly [string, Sample])[];

function entriesOf(sample: fc.Arbitrary<Sample>, taken: readonly string[]): fc.Arbitrary<Entries> {
  const key = fc
    .oneof(names, fc.constant('__proto__'), fc.string({ maxLength: 3 }))
    .filter((name) => !taken.includes(name));
  return fc.uniqueArray(fc.tuple(key, sample), { maxLength: 3, selector: ([name]) => name });
}

function list(items: readonly Sample[]): Sample {
  return { value: items.map(({ value }) => value), strict: items.map(({ strict }) => strict) };
}

function map(entries: Entries): Sample {
  return {
    value: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    strict: entries.map(([key, { strict }]) => ({ key, value: strict })),
  };
}

function objectSamples({ keys, others }: Extract<Model, { kind: 'object' }>): fc.Arbitrary<Sample> {
  const members = keys.map(({ name, optional, of }): fc.Arbitrary<[string, Sample | undefined]> => {
    const member = samplesOf(of).map((sample): [string, Sample] => [name, sample]);
    // A key that may be null and may be absent is always there: absence would come back as null, which is as valid.
    return optional && !acceptsNull(of)
      ? fc.oneof(member, fc.constant<[string, undefined]>([name, undefined]))
      : member;
  });
  const taken = keys.map(({ name }) => name);
  const more = others === undefined ? fc.constant<Entries>([]) : entriesOf(samplesOf(others), taken);
  const othersKey = taken.includes('additionalProperties') ? 'additionalProperties_' : 'additionalProperties';
  return fc.tuple(fc.tuple(...members), more).map(([present, unnamed]) => ({
    value: Object.fromEntries([
      ...present.flatMap(([name, sample]) => (sample === undefined ? [] : [[name, sample.value] as const])),
      ...unnamed.map(([name, { value }]) => [name, value] as const),
    ]),
    strict: Object.fromEntries([
      ...present.map(([name, sample]) => [name, sample === undefined ? null : sample.strict] as const),
      ...(others === undefined ? [] : [[othersKey, map(unnamed).strict] as const]),
    ]),
  }));
}

function acceptsNull(of: Model): boolean {
  return of.kind === 'nullable' || (of.kind === 'enum' && of.values.includes(null));
}

const { trees } = fc.letrec<{ trees: Sample }>((tie) => ({
  trees: fc
    .record({
      label: fc.string({ maxLength: 2 }),
      weights: fc.option(entriesOf(scalars.number.map(both), []).map(map), { nil: undefined }),
      children: fc.option(
        fc.oneof(
          { depthSize: 'small', maxDepth: 2 },
          fc.constant(list([])),
          fc.array(tie('trees'), { maxLength: 2 }).map(list),
        ),
        { nil: undefined },
      ),
      next: fc.oneof({ depthSize: 'small', maxDepth: 2 }, fc.constant(both(null)), tie('trees')),
    })
    .map(({ label, weights, children, next }) => ({
      value: {
        label,
        ...(weights && { weights: weights.value }),
        ...(children && { children: children.value }),
        next: next.value,
      },
      strict: { label, weights: weights?.strict ?? null, children: children?.strict ?? null, next: next.strict },
    })),
}));

/** A schema, and values of it. */
const cases = fc
  .oneof(object, model)
  .chain((of) => fc.tuple(fc.constant(of), fc.array(samplesOf(of), { minLength: 1, maxLength: 8 })));

test('every value of a schema is restored from its strict form, and both forms validate', () => {
  fc.assert(
    fc.property(cases, ([of, samples]) => {
      const schema = { ...schemaOf(of), definitions: { tree } };
      const adapted = adaptSchema(schema, 'strict');
      if (!adapted.ok) {
        assert.deepEqual(adapted.reasons, ['more than 10 levels of nesting']);
        return;
      }
      assertStrict(adapted.schema);
      const validate = compileSchema(schema);
      const validateStrict = compileSchema(adapted.schema);
      const isWrapped = of.kind !== 'object' && of.kind !== 'tree';
      for (const { value, strict } of samples) {
        const sent = isWrapped ? { value: strict } : strict;
        assert.deepEqual(validateStrict(sent), [], JSON.stringify([schema, sent]));
        const restored = restore(adapted, sent);
        assert.deepEqual(restored, value, JSON.stringify([schema, adapted.schema, sent]));
        assert.deepEqual(validate(restored), [], JSON.stringify([schema, restored]));
      }
    }),
    { numRuns: 30 },
  );
});

function restore(adapted: Extract<AdaptedSchema, { ok: true }>, value: Json): Json {
  const read = readJson(JSON.stringify(value));
  assert.ok(read.ok);
  return toJsonValue(adapted.restore(read.node));
}
