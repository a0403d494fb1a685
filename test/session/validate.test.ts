import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { Json, JsonObject, JsonSchema } from '../../src/core/json.ts';
import { compileAround, compileItems, compileSchema, findItemsPath } from '../../src/session/validate.ts';

function problems(schema: JsonSchema, value: unknown): readonly string[] {
  return compileSchema(schema)(value);
}

function refusal(schema: JsonSchema): string {
  try {
    compileSchema(schema);
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return error.message;
  }
  return 'accepted';
}

const draft = (name: string): string => `http://json-schema.org/${name}/schema#`;

test('a valid value has no problems', () => {
  assert.deepEqual(problems({ type: 'object', required: ['a'] }, { a: 1 }), []);
  assert.deepEqual(problems(true, 1), []);
});

test('problems name the place, what was expected and what came', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      city: { type: 'string' },
      days: { type: 'integer', minimum: 1 },
      units: { enum: ['metric', 'imperial'] },
    },
    required: ['city'],
    additionalProperties: false,
  };
  assert.deepEqual(problems(schema, { days: '3', units: 'kelvin', town: 'Seoul' }), [
    '/: "city" is missing',
    '/: "town" is not allowed; allowed are "city", "days", "units"',
    '/days: expected integer, got "3"',
    '/units: expected one of "metric", "imperial", got "kelvin"',
  ]);
  assert.deepEqual(problems(schema, { city: 'Seoul', days: 0 }), ['/days: must be >= 1, got 0']);
  assert.deepEqual(problems({ properties: { 'a/b': { const: 1 } } }, { 'a/b': 2 }), ['/a~1b: expected 1, got 2']);
  assert.deepEqual(problems(false, 1), ['/: nothing is allowed here']);
});

test('long values are shortened and at most ten problems are told', () => {
  assert.ok((problems({ type: 'number' }, 'x'.repeat(500))[0] ?? '').length < 120);
  const found = problems({ items: { type: 'string' } }, Array(50).fill(1));
  assert.equal(found.length, 10);
  assert.equal(found[9], 'and 41 more');
});

test('formats are checked, unknown formats and keywords are ignored', () => {
  assert.deepEqual(problems({ format: 'date' }, '2026-02-30'), ['/: must match format "date", got "2026-02-30"']);
  assert.deepEqual(problems({ format: 'shoe-size', example: 1, 'x-order': 2 }, 'x'), []);
});

test('inherited properties do not count as present', () => {
  assert.deepEqual(problems({ required: ['toString'] }, {}), ['/: "toString" is missing']);
});

test('each draft is read by its own rules', () => {
  const tuple = { items: [{ type: 'string' }] };
  assert.equal(problems({ $schema: draft('draft-07'), ...tuple }, [1]).length, 1);
  assert.equal(problems({ $schema: draft('draft-06'), ...tuple }, [1]).length, 1);
  assert.equal(problems({ $schema: 'https://json-schema.org/draft/2019-09/schema', ...tuple }, [1]).length, 1);
  assert.equal(
    problems({ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: tuple.items }, [1]).length,
    1,
  );
});

test('without $schema a tuple may be written either way', () => {
  assert.equal(problems({ items: [{ type: 'string' }] }, [1]).length, 1);
  assert.equal(problems({ prefixItems: [{ type: 'string' }] }, [1]).length, 1);
});

test('what merely looks like an old tuple does not make a schema an old one, where nothing beside a $ref counts', () => {
  const name = { $ref: '#/$defs/text', maxLength: 2 };
  const $defs = { text: { type: 'string' } };
  for (const data of [
    ...[{ examples: [{ items: [1] }] }, { default: { items: [1] } }, { enum: [{ items: [1] }, {}] }],
    ...[{ not: { const: { items: [1] } } }, { properties: { items: { enum: ['"items":['] } } }],
  ]) {
    const schema = { $defs, properties: { name, data } };
    assert.equal(problems(schema, { name: 'toolong' }).length, 1, JSON.stringify(data));
  }
  const required = { properties: { name }, $defs: { ...$defs, one: { dependentRequired: { items: ['a'] } } } };
  assert.equal(problems(required, { name: 'toolong' }).length, 1);
  const elsewhere = { $ref: '#/parts/pair', parts: { pair: { items: [{ type: 'string' }] } } };
  assert.equal(problems(elsewhere, [1]).length, 1);
});

test('draft-04 is translated: exclusive limits as flags, and id', () => {
  const schema = {
    $schema: draft('draft-04'),
    id: 'http://example.com/root',
    properties: {
      id: { type: 'string' },
      minimum: { minimum: 1, exclusiveMinimum: true },
      size: { maximum: 5, exclusiveMaximum: false },
    },
    enum: [{ id: 'x', minimum: 2, size: 5 }, { minimum: 1 }],
  };
  assert.deepEqual(problems(schema, { id: 'x', minimum: 2, size: 5 }), []);
  assert.deepEqual(problems(schema, { minimum: 1 }), ['/minimum: must be > 1, got 1']);
});

test('an unknown $schema is refused by name', () => {
  assert.match(
    refusal({ $schema: 'http://example.com/mine' }),
    /"http:\/\/example\.com\/mine" is not known \(draft-04/,
  );
});

test('an invalid schema is refused, saying where', () => {
  const types = '"array", "boolean", "integer", "null", "number", "object", "string"';
  assert.equal(
    refusal({ properties: { a: { type: 'text' } } }),
    `the schema cannot be used: /properties/a/type: expected one of ${types}, got "text"`,
  );
  assert.equal(
    refusal({ type: ['string', 'text'] }),
    `the schema cannot be used: /type/1: expected one of ${types}, got "text"`,
  );
  assert.match(refusal({ minItems: -1 }), /\/minItems: must be >= 0, got -1/);
  assert.match(
    refusal({ $defs: { a: { prefixItems: {} } } }),
    /\/\$defs\/a\/prefixItems: expected array, got an object/,
  );
  assert.match(refusal({ required: 'a' }), /\/required: expected array, got "a"/);
  assert.equal(
    refusal({ pattern: '(' }),
    'the schema cannot be used: "(" is no regular expression: Unterminated group',
  );
});

test('a $ref to elsewhere is refused and nothing is loaded', () => {
  assert.match(refusal({ $ref: 'http://127.0.0.1:9/x.json' }), /\$ref "http:\/\/127.*put the definition under \$defs/);
  assert.match(refusal({ $ref: 'file:///etc/passwd' }), /leads nowhere/);
  assert.match(refusal({ $ref: '#/$defs/missing' }), /leads nowhere/);
});

test('a $ref to a definition or to the root works', () => {
  const tree: JsonSchema = {
    $defs: { name: { type: 'string' } },
    properties: { name: { $ref: '#/$defs/name' }, child: { $ref: '#' } },
  };
  assert.deepEqual(problems(tree, { child: { child: { name: 1 } } }), ['/child/child/name: expected string, got 1']);
});

test('a schema that refers only to itself is refused', () => {
  const a = { $ref: '#/$defs/a' };
  const endless: readonly JsonSchema[] = [
    { $ref: '#' },
    { $ref: '#', type: 'object' },
    { ...a, $defs: { a } },
    { ...a, $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ type: 'string' }, a] } } },
    { not: { $ref: '#' } },
    { $id: 'http://example.com/s', $ref: 'http://example.com/s' },
    { $schema: draft('draft-07'), $ref: '#', type: 'object' },
    { $schema: draft('draft-04'), id: 'http://example.com/s', $ref: '#' },
  ];
  for (const schema of endless) assert.match(refusal(schema), /it refers only to itself/, JSON.stringify(schema));
  const ends: readonly JsonSchema[] = [
    { properties: { a: { $ref: '#' } } },
    { anyOf: [{ type: 'string' }, { items: { $ref: '#' } }] },
    { allOf: [a, a], $defs: { a: { $ref: '#/$defs/b' }, b: { type: 'string' } } },
    { $schema: draft('draft-07'), $ref: '#/definitions/a', allOf: [{ $ref: '#' }], definitions: { a: {} } },
    { type: 'string', $defs: { a } },
  ];
  assert.match(refusal({ properties: { a: { $ref: '#/properties/a' } } }), /or refers to itself without end/);
  for (const schema of ends) assert.deepEqual(problems(schema, ''), [], JSON.stringify(schema));
});

test('a part that refers to itself without end is a problem of the value, not a crash', () => {
  const schema: JsonSchema = { properties: { a: { allOf: [{ $ref: '#/properties/a' }] } } };
  assert.match(problems(schema, { a: 1 })[0] ?? '', /refers to itself without end/);
  assert.match(problems({ anyOf: [{ $ref: '#' }] }, 1)[0] ?? '', /refers to itself without end/);
});

test('a schema nested a hundred thousand deep is refused', () => {
  let schema: JsonSchema = {};
  for (let depth = 0; depth < 100_000; depth++) schema = { not: schema };
  assert.match(refusal(schema), /nested too deeply|cannot be used/);
});

test('a pattern that only older rules of regular expressions allow still works', () => {
  assert.deepEqual(problems({ pattern: '^\\-a$' }, '-a'), []);
});

test('two schemas with the same $id do not disturb each other', () => {
  assert.deepEqual(problems({ $id: 'http://example.com/s', type: 'string' }, 'x'), []);
  assert.equal(problems({ $id: 'http://example.com/s', type: 'number' }, 'x').length, 1);
});

test('a choice of types is one expectation', () => {
  const schema: JsonSchema = { properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] } } };
  assert.deepEqual(problems(schema, { a: 3 }), ['/a: expected string or null, got 3']);
});

test('the keyword of each problem is known', () => {
  const { detailed } = compileSchema({ required: ['a'], properties: { b: { minimum: 3 } } });
  assert.deepEqual(
    detailed({ b: 1 }).map(({ keyword }) => keyword),
    ['required', 'minimum'],
  );
});

test('numbers that are none are refused wherever they are', () => {
  const infinite = JSON.parse('{"a/b":[1,1e400],"c":-1e999}');
  for (const schema of [true, {}, { type: 'object' }]) {
    assert.deepEqual(problems(schema, infinite), ['/a~1b/1: the number is too large', '/c: the number is too large']);
  }
  assert.deepEqual(problems(true, Number.NaN), ['/: the number is too large']);
  // No sign of a server that ignores the schema.
  assert.deepEqual(
    compileSchema({ type: 'number' })
      .detailed(Number.POSITIVE_INFINITY)
      .map(({ keyword }) => keyword),
    [''],
  );
});

test('a multiple is one in decimal', () => {
  for (const [value, divisor] of [
    [19.99, 0.01],
    [0.0075, 0.0001],
    [1e21, 1e20],
    [-4.5, 1.5],
    [0, 0.1],
    [1e300, 0.5],
  ]) {
    assert.deepEqual(problems({ multipleOf: divisor }, value), [], `${value} / ${divisor}`);
  }
  assert.deepEqual(problems({ multipleOf: 0.01 }, 19.995), ['/: must be multiple of 0.01, got 19.995']);
  assert.equal(problems({ multipleOf: 1e20 }, 1e21 + 1e6).length, 1);
});

test('equal items are found in any order of their members, and named', () => {
  const schema: JsonSchema = { uniqueItems: true };
  assert.deepEqual(problems(schema, [{ a: 1, b: [2] }, 3, { b: [2], a: 1 }]), ['/: items 0 and 2 are equal']);
  assert.deepEqual(problems(schema, [1, '1', true, 'true', null, 'null', [1], [[1]], {}, { a: 1 }, { b: 1 }]), []);
  const [own, plain] = [JSON.parse('{"__proto__":1}'), {}];
  assert.deepEqual(problems(schema, [own, plain]), []);
  assert.deepEqual(problems({ uniqueItems: false }, [1, 1]), []);
  const many = Array.from({ length: 100_000 }, (_, index) => ({ index }));
  assert.deepEqual(problems(schema, many), []);
});

test('a property called __proto__ is checked like others', () => {
  const schema = JSON.parse('{"properties":{"__proto__":{"type":"number"},"a":{}},"additionalProperties":false}');
  assert.deepEqual(problems(schema, JSON.parse('{"__proto__":"x"}')), ['/__proto__: expected number, got "x"']);
  assert.deepEqual(problems(schema, JSON.parse('{"__proto__":1,"a":1}')), []);
});

test("OpenAPI's nullable admits null beside a type, and means nothing without one", () => {
  const name = { type: 'string', nullable: true, maxLength: 3 };
  const schema: JsonSchema = { properties: { name, any: { allOf: [{ type: 'string' }], nullable: true } } };
  assert.deepEqual(problems(schema, { name: null }), []);
  assert.deepEqual(problems(schema, { name: 3 }), ['/name: expected string or null, got 3']);
  assert.deepEqual(problems(schema, { any: null }), ['/any: expected string, got null']);
  assert.deepEqual(problems({ minimum: 1, exclusiveMinimum: true }, 1), ['/: must be > 1, got 1']);
});

test('a pattern that takes too long on a value is a problem of that value', () => {
  const name = `${'a'.repeat(29)}!`;
  const slow = 'its pattern ^(a+)+$ takes longer than 1 s on this value';
  assert.deepEqual(problems({ properties: { name: { pattern: '^(a+)+$' } } }, { name }), [`/name: ${slow}`]);
  assert.deepEqual(problems({ patternProperties: { '^(a+)+$': {} } }, [{ [name]: 1 }]), []);
  const inside: JsonSchema = { items: { patternProperties: { '^(a+)+$': {} } } };
  assert.deepEqual(problems(inside, [{ b: 1 }, { [name]: 1 }]), [`/1: ${slow}`]);
});

test('a large document is checked whole, and of one that is wrong throughout one problem is told', () => {
  const schema: JsonSchema = { items: { properties: { name: { pattern: '^[a-z]+( [a-z]+)*$' } } } };
  const many = Array.from({ length: 30_000 }, () => ({ name: 'ab cd' }));
  assert.deepEqual(problems(schema, many), []);
  assert.deepEqual(problems({ items: { type: 'string' } }, many), ['/0: expected string, got an object']);
});

test('references by $id, by anchor and by pointer lead to the same place', () => {
  const schema: JsonObject = {
    $id: 'https://example.com/root.json',
    $defs: { a: { $id: 'a.json', $defs: { b: { $anchor: 'b', type: 'integer' } }, $ref: '#/$defs/b' } },
    examples: [{ $id: 'a.json' }],
  };
  for (const $ref of ['a.json', 'a.json#b', 'https://example.com/a.json#/$defs/b', '#/$defs/a/$defs/b']) {
    assert.deepEqual(problems({ ...schema, items: { $ref } }, [1, 'x']), ['/1: expected integer, got "x"'], $ref);
  }
  assert.match(refusal({ ...schema, items: { $ref: 'b.json' } }), /\$ref "b\.json" leads nowhere/);
});

test('a $ref to the schema of schemas of any draft but 04 works', () => {
  for (const name of ['draft-06', 'draft-07', 'draft/2019-09', 'draft/2020-12']) {
    const schema: JsonSchema = {
      properties: { a: { $ref: `${name.length > 8 ? 'https' : 'http'}://json-schema.org/${name}/schema` } },
    };
    assert.deepEqual(problems(schema, { a: { type: 'string' } }), [], name);
    assert.notDeepEqual(problems(schema, { a: { type: 5 } }), [], name);
  }
});

const item: JsonObject = { type: 'object', properties: { n: { $ref: '#/$defs/count' } }, required: ['n'] };
const count: JsonObject = { type: 'integer', minimum: 0 };

test('the array whose elements are wanted is found through references', () => {
  const list: JsonObject = { type: 'array', items: item };
  const found: readonly (readonly [schema: JsonSchema, path: readonly string[] | undefined])[] = [
    [list, []],
    [{ items: item }, []],
    [{ $ref: '#/$defs/list', $defs: { list } }, []],
    [{ type: 'object', properties: { title: { type: 'string' }, rows: list } }, ['rows']],
    [{ properties: { rows: { $ref: '#/$defs/list' } }, $defs: { list } }, ['rows']],
    [{ $ref: '#/definitions/Root', definitions: { Root: { type: 'object', properties: { rows: list } } } }, ['rows']],
    [{ type: 'object', properties: { rows: list, more: list } }, undefined],
    [{ type: 'object', properties: { title: { type: 'string' } } }, undefined],
    [{ type: ['array', 'null'], items: item }, undefined],
    [{ $ref: '#' }, undefined],
    [{ $ref: '#/$defs/missing' }, undefined],
    [{ $ref: '#/%E0%A4%A' }, undefined],
    [{ type: 'string' }, undefined],
    [true, undefined],
  ];
  for (const [schema, path] of found) assert.deepEqual(findItemsPath(schema), path, JSON.stringify(schema));
});

test('an element is checked by its schema inside of the whole one', () => {
  const wholes: readonly (readonly [schema: JsonObject, path: readonly string[]])[] = [
    [{ type: 'array', items: item, $defs: { count } }, []],
    [{ $id: 'https://example.com/list.json', type: 'array', items: item, $defs: { count } }, []],
    [{ properties: { 'a/b%~': { type: 'array', items: item } }, $defs: { count } }, ['a/b%~']],
    [
      {
        $ref: '#/$defs/all',
        $defs: { count, all: { properties: { rows: { $ref: '#/$defs/rows' } } }, rows: { type: 'array', items: item } },
      },
      ['rows'],
    ],
  ];
  for (const [schema, path] of wholes) {
    const validate = compileItems(schema, path);
    assert.ok(validate !== undefined, JSON.stringify(schema));
    assert.deepEqual(validate({ n: 1 }), []);
    assert.deepEqual(validate({ n: -1 }), ['/n: must be >= 0, got -1']);
    assert.deepEqual(validate({}), ['/: "n" is missing']);
  }
  assert.deepEqual(compileItems({ type: 'array' }, [])?.('anything'), []);
  assert.deepEqual(compileItems({ type: 'array' }, [])?.(Number.POSITIVE_INFINITY), ['/: the number is too large']);
});

test('elements that have different schemas by their place are not checked one by one', () => {
  assert.equal(compileItems({ type: 'array', prefixItems: [{ type: 'string' }] }, []), undefined);
  assert.equal(compileItems({ type: 'array', items: [{ type: 'string' }] }, []), undefined);
  assert.equal(compileItems({ type: 'object' }, ['rows']), undefined);
});

test('around the elements everything else is checked, with their number', () => {
  const rows: JsonObject = { type: 'array', items: item, minItems: 1, maxItems: 3 };
  const schema: JsonObject = {
    type: 'object',
    properties: { title: { $ref: '#/$defs/title' }, rows, parent: { $ref: '#' } },
    required: ['title', 'rows'],
    additionalProperties: { $ref: '#/$defs/count' },
    $defs: { count, title: { type: 'string', maxLength: 5 } },
  };
  const around = compileAround(schema, ['rows']);
  assert.ok(around !== undefined);
  assert.deepEqual(around({ title: 'a', rows: [] }, 3), []);
  assert.deepEqual(around({ title: 'a', rows: [] }, 0), ['/rows: must NOT have fewer than 1 items']);
  assert.deepEqual(around({ title: 'a', rows: [] }, 4), ['/rows: must NOT have more than 3 items']);
  assert.deepEqual(around({ title: 'a' }, 0), ['/: "rows" is missing']);
  assert.deepEqual(around({ title: 'a', rows: null }, 0), ['/rows: expected array, got null']);
  assert.equal(around({ title: 'too long', rows: [] }, 1).length, 1);
  assert.deepEqual(around({ title: 'a', rows: [], more: -1 }, 1), ['/more: must be >= 0, got -1']);
  const parent: Json = { title: 'b', rows: [{ n: -1 }] };
  assert.deepEqual(around({ title: 'a', rows: [], parent }, 1), ['/parent/rows/0/n: must be >= 0, got -1']);

  const list = compileAround({ type: 'array', items: item, minItems: 2, $defs: { count } }, []);
  assert.deepEqual(list?.([], 2), []);
  assert.equal(list?.([], 1).length, 1);
  assert.equal(list?.({}, 0).length, 1);
});

test('where elements are compared, counted or chosen by, nothing can be said without them', () => {
  const rows: JsonObject = { type: 'array', items: item };
  const others: readonly (readonly [schema: JsonObject, path: readonly string[]])[] = [
    [{ ...rows, uniqueItems: true }, []],
    [{ ...rows, contains: { const: 1 } }, []],
    [{ ...rows, unevaluatedItems: false }, []],
    [{ ...rows, anyOf: [{ minItems: 1 }] }, []],
    [{ properties: { rows }, not: { properties: { rows: { maxItems: 2 } } } }, ['rows']],
    [{ properties: { rows }, patternProperties: { '^r': { maxItems: 2 } } }, ['rows']],
  ];
  for (const [schema, path] of others) {
    assert.equal(compileAround({ ...schema, $defs: { count } }, path), undefined, JSON.stringify(schema));
    assert.notEqual(compileItems({ ...schema, $defs: { count } }, path), undefined);
  }
  assert.notEqual(compileAround({ ...rows, uniqueItems: false, $defs: { count } }, []), undefined);
});

test('unevaluatedItems beside contains is refused where it holds values, and data may say both', () => {
  const both = { unevaluatedItems: false, contains: { const: 1 } };
  assert.throws(() => compileSchema({ type: 'array', ...both }), /cannot be checked/);
  assert.throws(() => compileSchema({ $ref: '#/parts/a', parts: { a: both } }), /cannot be checked/);
  assert.deepEqual(compileSchema({ type: 'integer', examples: [both], default: both })(1), []);
});
