import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject, JsonSchema } from '../../../src/core/json.ts';
import { printJson, readJson, toJsonValue } from '../../../src/core/json-node.ts';
import type { Rung } from '../../../src/core/response-format.ts';
import { type AdaptedSchema, adaptSchema } from '../../../src/session/structured/adapt.ts';
import { assertStrict } from './strict-checker.ts';

type Adapted = Extract<AdaptedSchema, { ok: true }>;

function adapt(schema: JsonSchema, form: Rung['schema'] = 'strict'): Adapted {
  const adapted = adaptSchema(schema, form);
  assert.ok(adapted.ok, adapted.ok ? '' : adapted.reasons.join('; '));
  if (adapted.strict) assertStrict(adapted.schema);
  return adapted;
}

function restore(adapted: Pick<Adapted, 'restore'>, value: Json): Json {
  const read = readJson(JSON.stringify(value));
  assert.ok(read.ok);
  return toJsonValue(adapted.restore(read.node));
}

function reasons(schema: JsonSchema): readonly string[] {
  const adapted = adaptSchema(schema, 'strict');
  return adapted.ok ? [] : adapted.reasons;
}

const strictObject = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** Of a root that holds one key `a`, what becomes of its schema. */
function member(a: Json, more: JsonObject = {}): Json | undefined {
  const { schema } = adapt({
    type: 'object',
    properties: { a },
    required: ['a'],
    additionalProperties: false,
    ...more,
  });
  return ((schema as JsonObject).properties as JsonObject).a;
}

const text: JsonObject = { type: 'string' };
const wide = (count: number): JsonObject =>
  strictObject(Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, text])));
const deep = (levels: number): JsonObject => (levels === 1 ? strictObject({}) : strictObject({ a: deep(levels - 1) }));

test('a schema inside the strict subset goes as it is', () => {
  const schema = strictObject({ a: text, b: { type: ['integer', 'null'] }, c: { $ref: '#/$defs/c' } });
  const adapted = adapt({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...schema, $defs: { c: text } });
  assert.deepEqual(adapted.schema, { ...schema, $defs: { c: text } });
  assert.deepEqual(adapted.changes, []);
});

test('objects are closed, and optional keys become required and may be null', () => {
  const adapted = adapt({
    type: 'object',
    properties: { a: text, b: { type: 'object', properties: { c: text } } },
    required: ['a'],
  });
  const inner = strictObject({ c: { type: ['string', 'null'] } });
  assert.deepEqual(adapted.schema, strictObject({ a: text, b: { anyOf: [inner, { type: 'null' }] } }));
  assert.deepEqual(adapted.changes, [
    'keys that may be absent are asked for as null: /b/c, /b',
    'keys without a name in the schema are not asked for: /b, /',
  ]);
  assert.deepEqual(restore(adapted, { a: 'x', b: null }), { a: 'x' });
  assert.deepEqual(restore(adapted, { a: 'x', b: { c: null } }), { a: 'x', b: {} });
});

test('a null stays where the original schema accepts it', () => {
  const adapted = adapt({
    type: 'object',
    properties: {
      typed: { type: ['string', 'null'] },
      listed: { enum: ['x', null] },
      chosen: { anyOf: [{ $ref: '#/$defs/t' }, { type: 'null' }] },
      openApi: { type: 'string', nullable: true },
      referred: { $ref: '#/$defs/n' },
      twice: { oneOf: [{ type: 'null' }, { type: ['string', 'null'] }] },
      never: { type: ['string', 'null'], not: { type: 'null' } },
      plain: text,
    },
    $defs: { t: text, n: { allOf: [{ type: ['integer', 'null'] }] } },
  });
  const names = ['typed', 'listed', 'chosen', 'openApi', 'referred', 'twice', 'never', 'plain'];
  const restored = restore(adapted, Object.fromEntries(names.map((name) => [name, null])));
  assert.deepEqual(Object.keys(restored as object), ['typed', 'listed', 'chosen', 'openApi', 'referred']);
});

test('a map in which a key comes twice stays the list it is, which the schema refuses', () => {
  const map: JsonObject = { type: 'object', additionalProperties: text };
  const twice = [
    { key: 'x', value: '1' },
    { key: 'x', value: '2' },
  ];
  const adapted = adapt({ type: 'object', properties: { map }, required: ['map'] });
  assert.deepEqual(restore(adapted, { map: twice.slice(1) }), { map: { x: '2' } });
  assert.deepEqual(restore(adapted, { map: twice }), { map: twice });
  const others = adapt({ type: 'object', properties: { a: text }, required: ['a'], additionalProperties: text });
  const name = Object.keys((others.schema as { properties: object }).properties)[1] ?? '';
  assert.deepEqual(restore(others, { a: '', [name]: twice.slice(1) }), { a: '', x: '2' });
  assert.deepEqual(restore(others, { a: '', [name]: twice }), { a: '', [name]: twice });
});

test('numbers keep their text on the way back', () => {
  const adapted = adapt({
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'array', items: { type: 'number' } } },
  });
  const read = readJson('{"a":12345678901234567890,"b":[1.0,1e400]}');
  assert.ok(read.ok);
  assert.deepEqual(adapted.restore(read.node), read.node);
});

const leftOut: readonly (readonly [JsonObject, JsonObject, readonly string[]])[] = [
  [
    { type: 'string', maxLength: 20 },
    { type: 'string', description: '(maxLength 20)' },
    ['/a: maxLength 20 is left out'],
  ],
  [
    { type: 'string', description: 'A name', minLength: 1, format: 'uri' },
    { type: 'string', description: 'A name (minLength 1, format uri)' },
    ['/a: minLength 1 is left out', '/a: format uri is left out'],
  ],
  [{ type: 'string', format: 'date' }, { type: 'string', format: 'date' }, []],
  [{ type: 'string', pattern: '^a+$' }, { type: 'string', pattern: '^a+$' }, []],
  [
    { type: 'string', pattern: '^(?!x)' },
    { type: 'string', description: '(pattern ^(?!x))' },
    ['/a: pattern ^(?!x) is left out'],
  ],
  [
    { type: 'array', items: text, minItems: 1, uniqueItems: true },
    { type: 'array', description: '(uniqueItems)', items: text, minItems: 1 },
    ['/a: uniqueItems is left out'],
  ],
  [{ type: 'string', default: 'x', examples: ['y'] }, text, ['left out because they limit nothing: default, examples']],
  [{ type: 'string', not: { const: 'x' } }, text, ['/a: not is left out']],
];

for (const [original, sent, changes] of leftOut) {
  test(`${JSON.stringify(original)} is asked for as ${JSON.stringify(sent)}`, () => {
    const adapted = adapt(strictObject({ a: original }));
    assert.deepEqual((adapted.schema as JsonObject).properties, { a: sent });
    assert.deepEqual(adapted.changes, changes);
  });
}

/** Written out, an object with `then` looks like a promise to the linter. */
const whenMet = (schema: JsonObject): JsonObject => Object.fromEntries([['then', schema]]);

const nullType = { type: 'null' };
const rewritten: readonly (readonly [JsonObject, Json])[] = [
  [{ const: true }, { type: 'boolean', const: true }],
  [{ enum: ['x', 'y'] }, { type: 'string', enum: ['x', 'y'] }],
  [
    { enum: ['x', 1, 2.5, null] },
    { anyOf: [{ type: 'string', const: 'x' }, { type: 'number', enum: [1, 2.5] }, nullType] },
  ],
  [
    { type: 'string', enum: ['x', 3] },
    { type: 'string', const: 'x' },
  ],
  [
    { const: { k: [1] } },
    strictObject({ k: { type: 'array', items: { type: 'integer', const: 1 }, minItems: 1, maxItems: 1 } }),
  ],
  [{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
  [{ type: ['string', 'number', 'integer'] }, { anyOf: [text, { type: 'number' }] }],
  [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
  [{ oneOf: [text, { type: 'number' }] }, { anyOf: [text, { type: 'number' }] }],
  [{ anyOf: [text, false] }, text],
  [
    { type: 'integer', minimum: 3, exclusiveMinimum: true },
    { type: 'integer', exclusiveMinimum: 3 },
  ],
  [
    { type: 'integer', minimum: 3, exclusiveMinimum: false },
    { type: 'integer', minimum: 3 },
  ],
  [
    {
      allOf: [
        { type: 'number', minimum: 1 },
        { type: 'integer', minimum: 3, maximum: 9 },
      ],
    },
    { type: 'integer', minimum: 3, maximum: 9 },
  ],
  [
    {
      allOf: [
        { properties: { x: text }, required: ['x'] },
        { type: 'object', properties: { x: { const: 'q' }, y: text }, required: ['y'] },
      ],
    },
    strictObject({ x: { type: 'string', const: 'q' }, y: text }),
  ],
  // A closed member of allOf shuts out what only the others name.
  [
    { allOf: [strictObject({ x: text }), { type: 'object', properties: { x: text, y: text } }] },
    strictObject({ x: text }),
  ],
  [
    {
      type: 'object',
      properties: { x: text },
      required: ['x'],
      oneOf: [
        { properties: { y: text }, required: ['y'] },
        { properties: { z: text }, required: ['z'] },
      ],
    },
    { anyOf: [strictObject({ x: text, y: text }), strictObject({ x: text, z: text })] },
  ],
  [
    {
      type: 'object',
      properties: { k: { enum: ['p', 'q'] } },
      required: ['k'],
      if: { properties: { k: { const: 'p' } } },
      ...whenMet({ properties: { x: text }, required: ['x'] }),
    },
    {
      anyOf: [
        strictObject({ k: { type: 'string', const: 'p' }, x: text }),
        strictObject({ k: { type: 'string', enum: ['p', 'q'] } }),
      ],
    },
  ],
  [{ properties: { x: text }, required: ['x'] }, strictObject({ x: text })],
  [{ type: 'object', properties: { x: text, y: false }, required: ['x'] }, strictObject({ x: text })],
  [{ items: text }, { type: 'array', items: text }],
  [
    { type: 'array', items: false },
    { type: 'array', items: text, maxItems: 0 },
  ],
  [
    { type: 'array', prefixItems: [text, { type: 'number' }], items: false },
    { type: 'array', items: { anyOf: [text, { type: 'number' }] }, minItems: 2, maxItems: 2 },
  ],
  [
    { type: 'object', additionalProperties: { type: 'number' } },
    { type: 'array', items: strictObject({ key: text, value: { type: 'number' } }) },
  ],
  [
    { type: 'object', patternProperties: { '^x-': text }, additionalProperties: false },
    { type: 'array', items: strictObject({ key: { type: 'string', pattern: '^x-' }, value: text }) },
  ],
  [
    { type: 'object', additionalProperties: text, propertyNames: { enum: ['p', 'q'] } },
    { type: 'array', items: strictObject({ key: { type: 'string', enum: ['p', 'q'] }, value: text }) },
  ],
  [
    { $ref: '#/$defs/t', description: 'Why' },
    { description: 'Why', anyOf: [{ $ref: '#/$defs/t' }] },
  ],
  [{ $ref: '#named' }, { $ref: '#/$defs/u' }],
  [{ $ref: '#/somewhere/t%20~1x' }, { $ref: '#/$defs/t_20_1x' }],
  [{ $ref: '#/$defs/t', type: 'string' }, text],
];

for (const [original, sent] of rewritten) {
  test(`${JSON.stringify(original)} is written in the strict subset`, () => {
    const definitions = {
      $defs: { t: text, u: { $anchor: 'named', type: 'number' } },
      somewhere: { 't /x': { type: 'boolean' } },
    };
    assert.deepEqual(member(original, definitions), sent);
  });
}

const inexpressible: readonly (readonly [JsonSchema, string])[] = [
  [true, '/: any value'],
  [false, '/: no value at all'],
  [{}, '/: any value'],
  [{ properties: { extra: true } }, '/extra: any value'],
  [{ properties: { 'a/b': { description: 'Whatever' } } }, '/a~1b: any value'],
  [{ properties: { a: { type: 'array' } } }, '/a/*: any value'],
  [{ properties: { a: { type: 'object' } } }, '/a: a free-form object'],
  [{ properties: { a: { type: 'object', additionalProperties: true } } }, '/a: a free-form object'],
  [{ properties: { a: { additionalProperties: {} } } }, '/a: a free-form object'],
  [{ properties: { a: text }, required: ['a', 'b'] }, '/b: any value'],
  [{ type: 'object', patternProperties: { '^a': text, '^b': text }, required: ['ab'] }, '/ab: any value'],
  [{ properties: { a: text }, dependentSchemas: { a: { required: ['b'] } } }, '/: schemas that depend on a key'],
  [
    { properties: { a: { $ref: 'https://example.com/a.json' } } },
    '/a: $ref "https://example.com/a.json" leads nowhere here',
  ],
  [
    { $schema: 'https://example.com/draft', type: 'object' },
    '/: the schema cannot be used: its $schema "https://example.com/draft" is not known (draft-04, draft-06, draft-07, 2019-09 and 2020-12 are)',
  ],
  [{ $ref: '#' }, '/: a schema that is made of itself'],
  [{ anyOf: [{ $ref: '#' }, text] }, '/: root is a choice of itself'],
  [deep(11), 'more than 10 levels of nesting'],
  [wide(5001), '5001 properties, at most 5000 are allowed'],
  [{ enum: Array.from({ length: 1001 }, (_, index) => index) }, '1001 enum values, at most 1000 are allowed'],
  [
    { enum: Array.from({ length: 251 }, (_, index) => `${index}`.padStart(60, 'x')) },
    '/properties/value: an enum of 251 strings with 15060, at most 15000 characters are allowed',
  ],
  [
    strictObject(Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`${index}`.padStart(1000, 'x'), text]))),
    '130000 characters in names and enum values, at most 120000 are allowed',
  ],
];

for (const [schema, reason] of inexpressible) {
  test(`${JSON.stringify(schema).slice(0, 90)} cannot be said: ${reason}`, () => {
    assert.deepEqual(reasons(schema), [reason]);
    const lower = adapt(schema, 'strict-or-object');
    assert.equal(lower.strict, false);
    assert.ok(lower.changes.includes(`not strict: ${reason}`));
  });
}

test('at most twelve changes and reasons are told', () => {
  const properties = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, true]));
  const told = reasons({ type: 'object', properties });
  assert.equal(told.length, 12);
  assert.equal(told[11], 'and 29 more');
});

test('recursion stays recursion, through the root and through definitions', () => {
  const node = {
    type: 'object',
    properties: { label: text, children: { type: 'array', items: { $ref: '#/definitions/node' } } },
  };
  const byName = adapt({ $ref: '#/definitions/node', definitions: { node } });
  const byRoot = adapt({ ...node, properties: { label: text, children: { type: 'array', items: { $ref: '#' } } } });
  const list = { type: 'array', items: { $ref: '#' } };
  const sent = strictObject({ label: { type: ['string', 'null'] }, children: { anyOf: [list, nullType] } });
  assert.deepEqual(byName.schema, sent);
  assert.deepEqual(byRoot.schema, sent);
  const leaf = { label: 'leaf', children: null };
  assert.deepEqual(restore(byRoot, { label: null, children: [leaf, { label: 'x', children: [leaf] }] }), {
    children: [{ label: 'leaf' }, { label: 'x', children: [{ label: 'leaf' }] }],
  });
});

test('a map with maps in it is restored at every level, whatever its keys', () => {
  const map = { type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'integer' } } };
  const adapted = adapt({ type: 'object', properties: { map }, required: ['map'] });
  assert.ok(adapted.changes.includes('/map: a map is sent as a list of keys and values'));
  const answer = {
    map: [
      { key: '__proto__', value: [{ key: 'constructor', value: 1 }] },
      { key: '', value: [] },
    ],
  };
  const restored = restore(adapted, answer);
  assert.equal(JSON.stringify(restored), '{"map":{"__proto__":{"constructor":1},"":{}}}');
});

test('keys beside a map get a place of their own', () => {
  const adapted = adapt({
    type: 'object',
    properties: { id: text },
    required: ['id'],
    additionalProperties: { type: 'integer' },
  });
  const entries = { type: 'array', items: strictObject({ key: text, value: { type: 'integer' } }) };
  assert.deepEqual(adapted.schema, strictObject({ id: text, additionalProperties: entries }));
  const others = [
    { key: 'n', value: 1 },
    { key: 'id', value: 2 },
  ];
  assert.deepEqual(restore(adapted, { id: 'x', additionalProperties: others }), { id: 'x', n: 1 });
});

test('roots that are no objects are wrapped, and answers unwrapped', () => {
  const branches = { anyOf: [strictObject({ a: text }), { type: 'number' }] };
  for (const [schema, value, sent = value] of [
    [{ type: 'array', items: text }, ['x']],
    [{ type: 'string', enum: ['x', 'y'] }, 'y'],
    [{ type: ['integer', 'null'] }, null],
    [branches, { a: 'x' }],
    [branches, 3],
    [{ type: 'object', additionalProperties: text }, { k: 'v' }, [{ key: 'k', value: 'v' }]],
  ] as readonly (readonly [JsonObject, Json, Json?])[]) {
    const adapted = adapt(schema);
    assert.ok(adapted.changes.includes('/: wrapped in an object, under value'));
    assert.deepEqual(restore(adapted, { value: sent }), value);
    assert.deepEqual(restore(adapted, value), value, 'a model that ignores the wrapper');
  }
});

test('the branch of a choice is told by its constants, its keys and its kinds', () => {
  const shape = (tag: string, more: JsonObject): JsonObject => ({
    type: 'object',
    properties: { tag: { const: tag }, ...more },
    required: ['tag'],
  });
  const map = { type: 'object', additionalProperties: text };
  const adapted = adapt({
    type: 'array',
    items: { anyOf: [shape('a', { m: map }), shape('b', { m: { type: ['array', 'null'], items: text } }), map] },
  });
  const entry = { key: 'k', value: 'v' };
  assert.deepEqual(
    restore(adapted, { value: [{ tag: 'a', m: [entry] }, { tag: 'b', m: null }, { tag: 'a', m: null }, [entry]] }),
    [{ tag: 'a', m: { k: 'v' } }, { tag: 'b', m: null }, { tag: 'a' }, { k: 'v' }],
  );
});

test('an answer that is wrong somewhere deep is still restored elsewhere', () => {
  const branch = (tag: string): JsonObject => ({
    type: 'object',
    properties: { tag: { const: tag }, note: text, map: { type: 'object', additionalProperties: { type: 'integer' } } },
    required: ['tag', 'map'],
  });
  const adapted = adapt({ type: 'array', items: { oneOf: [branch('a'), branch('b')] } });
  const answer = { value: [{ tag: 'b', note: null, map: [{ key: 'k', value: 'not a number' }] }] };
  assert.deepEqual(restore(adapted, answer), [{ tag: 'b', map: { k: 'not a number' } }]);
});

test('a tree of 20,000 levels is restored to its end', () => {
  const next = { anyOf: [{ $ref: '#' }, { type: 'object', properties: { end: text }, required: ['end'] }] };
  const adapted = adapt({ type: 'object', properties: { next, note: text }, required: ['next'] });
  const tree = (levels: number) => `${'{"note":null,"next":'.repeat(levels)}{"end":"x"}${'}'.repeat(levels)}`;
  const read = readJson(tree(20_000));
  assert.ok(read.ok);
  assert.equal(printJson(adapted.restore(read.node)) === tree(20_000).replaceAll('"note":null,', ''), true);
});

test('references are read against the part of the schema that has a name', () => {
  const part = {
    $id: 'part',
    $defs: { t: { type: 'boolean' } },
    type: 'object',
    properties: { x: { $ref: '#/$defs/t' } },
    required: ['x'],
  };
  const a = { $ref: 'https://example.com/part' };
  const { schema } = adapt({
    $id: 'https://example.com/root',
    type: 'object',
    properties: { a },
    required: ['a'],
    $defs: { t: text, part },
  });
  assert.deepEqual((schema as JsonObject).$defs, {
    part: strictObject({ x: { $ref: '#/$defs/t' } }),
    t: { type: 'boolean' },
  });
});

test('up to draft-07 what stands beside a $ref does not count', () => {
  const draft = { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { t: text } };
  assert.deepEqual(member({ $ref: '#/definitions/t', type: 'number' }, draft), { $ref: '#/$defs/t' });
});

test('as it is, only the draft goes', () => {
  const schema = { type: 'array', items: { $ref: '#' }, maxLength: 3 };
  const adapted = adapt({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, 'any');
  assert.deepEqual(adapted.schema, schema);
  assert.deepEqual(restore(adapted, [[]]), [[]]);
  assert.deepEqual(adapt(true, 'any').schema, {});
  assert.deepEqual(adapt(false, 'any').schema, { not: {} });
});

test('for an object at the root, an object stays as it is', () => {
  const schema = { type: 'object', properties: { value: { minLength: 2 } }, if: {}, else: {} };
  const adapted = adapt(schema, 'object');
  assert.deepEqual(adapted.schema, schema);
  assert.deepEqual(adapted.changes, []);
  assert.deepEqual(restore(adapted, { value: 1 }), { value: 1 });
});

test('for an object at the root, a reference there is put in place and a type is added', () => {
  const node = { type: 'object', properties: { next: { $ref: '#/definitions/node' } } };
  const byReference = adapt({ $ref: '#/definitions/node', definitions: { node } }, 'object');
  assert.deepEqual(byReference.schema, { ...node, definitions: { node } });
  assert.deepEqual(adapt({ properties: { a: text } }, 'object').schema, { type: 'object', properties: { a: text } });
});

test('for an object at the root, others are wrapped and their references still lead there', () => {
  const adapted = adapt(
    {
      oneOf: [{ $ref: '#/$defs/t' }, { type: 'array', items: { $ref: '#' } }, { $ref: '#/oneOf/0' }],
      default: { $ref: '#' },
      properties: { enum: { $ref: '#/properties/x' } },
      $defs: { t: text, enum: { $ref: '#' } },
    },
    'object',
  );
  const value = {
    oneOf: [
      { $ref: '#/$defs/t' },
      { type: 'array', items: { $ref: '#/properties/value' } },
      { $ref: '#/properties/value/oneOf/0' },
    ],
    default: { $ref: '#' },
    properties: { enum: { $ref: '#/properties/value/properties/x' } },
  };
  const $defs = { t: text, enum: { $ref: '#/properties/value' } };
  assert.deepEqual(adapted.schema, { ...strictObject({ value }), $defs });
  assert.deepEqual(restore(adapted, { value: ['x'] }), ['x']);
  for (const bare of ['x', ['x'], { other: 1 }, { value: 1, more: 2 }]) assert.deepEqual(restore(adapted, bare), bare);
});

test('the place of the items is told where the array is, and each is restored by itself', () => {
  const item = { type: 'object', properties: { note: text } };
  const list = { type: 'array', items: item };
  const inObject = adapt({ type: 'object', properties: { items: { anyOf: [list, nullType] }, n: text } });
  for (const [adapted, path, found] of [
    [adapt(list), [], ['value']],
    [inObject, ['items'], ['items']],
  ] as const) {
    const place = adapted.itemsIn(path);
    assert.deepEqual(place?.path, found);
    assert.ok(place !== undefined);
    assert.deepEqual(restore(place, { note: null }), {});
  }
  assert.equal(inObject.itemsIn([]), undefined);
  assert.equal(inObject.itemsIn(['n']), undefined);
  assert.equal(inObject.itemsIn(['items', 'more']), undefined);
  assert.equal(adapt({ type: 'array', prefixItems: [text], items: false }).itemsIn([]), undefined);
  assert.deepEqual(adapt(list, 'object').itemsIn([])?.path, ['value']);
  assert.deepEqual(adapt(list, 'any').itemsIn([])?.path, []);
});
