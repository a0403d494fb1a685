import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../src/core/json.ts';
import { type JsonNode, printJson, readJson, toJsonNode, toJsonValue } from '../../src/core/json-node.ts';

// The two are one set of values: what fast-check calls a JSON value is what JSON.parse can give.
const values = fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }) as fc.Arbitrary<Json>;

test('a value made a node and back is the same value, the sign of zero included', () => {
  fc.assert(
    fc.property(values, (value) => assert.deepEqual(toJsonValue(toJsonNode(value)), value)),
    { seed: 58 },
  );
  for (const value of [-0, Number.MAX_VALUE, Infinity, -Infinity, 5e-324]) {
    assert.ok(Object.is(toJsonValue(toJsonNode(value)), value), String(value));
  }
});

test('a node is printed as JSON.stringify prints the value, on one line and indented', () => {
  fc.assert(
    fc.property(values, fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const read = readJson(text);
      assert.ok(read.ok);
      assert.equal(printJson(read.node, indent), text);
    }),
    { numRuns: 500, seed: 58 },
  );
});

test('empty containers are printed without a line break inside', () => {
  const node = toJsonNode({ a: [], b: {}, c: [[], {}] });
  assert.equal(printJson(node), '{"a":[],"b":{},"c":[[],{}]}');
  assert.equal(printJson(node, 2), '{\n  "a": [],\n  "b": {},\n  "c": [\n    [],\n    {}\n  ]\n}');
});

test('half a surrogate pair is escaped when printed, in a key too', () => {
  const node: JsonNode = { kind: 'object', members: new Map([['\ud83d', { kind: 'string', value: '\ude00' }]]) };
  assert.equal(printJson(node), '{"\\ud83d":"\\ude00"}');
});

test('a number too large for a value is infinite, as for JSON.parse', () => {
  assert.equal(toJsonValue({ kind: 'number', text: '1e400' }), Infinity);
  assert.equal(toJsonValue({ kind: 'number', text: '-1e400' }), -Infinity);
  assert.equal(toJsonValue({ kind: 'number', text: '9007199254740993' }), 9007199254740992);
});

test('what JSON has no word for is left out or null, as for JSON.stringify', () => {
  assert.equal(printJson(toJsonNode({ a: undefined, b: Number.NaN })), '{"b":null}');
});

test('a value nested 100,000 deep becomes a node', () => {
  let value: Json = null;
  for (let level = 0; level < 100_000; level++) value = level % 2 === 0 ? [value] : { a: value };
  assert.equal(printJson(toJsonNode(value)).length, 50_000 * 2 + 50_000 * 6 + 4);
});
