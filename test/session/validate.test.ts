import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { JsonSchema } from '../../src/core/json.ts';
import { compileSchema } from '../../src/session/validate.ts';

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
  assert.match(refusal({ properties: { a: { type: 'text' } } }), /cannot be used: \/properties\/a\/type: .*"string"/);
  assert.match(refusal({ pattern: '(' }), /Unterminated group/);
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

test('a schema that refers to itself without end is a problem, not a crash', () => {
  assert.match(problems({ $ref: '#' }, {})[0] ?? '', /refers to itself without end/);
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
