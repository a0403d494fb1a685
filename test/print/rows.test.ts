import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonSchema } from '../../src/core/json.ts';
import { toJsonNode } from '../../src/core/json-node.ts';
import { toCsv } from '../../src/print/csv.ts';
import { expectedRows } from '../../src/print/expected-rows.ts';
import { toRows } from '../../src/print/rows.ts';

/** As csv, which shows columns and cells at once. */
function rowsOf(value: Json, schema?: JsonSchema): string {
  return toCsv(toRows(toJsonNode(value), schema === undefined ? undefined : expectedRows(schema)));
}

test('a list of objects has a row for each and a column for each key, as they appear', () => {
  assert.equal(rowsOf([{ a: 1, b: 2 }, { c: 3, a: 4 }, {}]), 'a,b,c\n1,2,\n4,,3\n,,\n');
});

test('an object around the one list of objects is looked through, and says what is left out', () => {
  const value = { total: 2, items: [{ a: 1 }, { a: 2 }], note: 'x' };
  assert.equal(rowsOf(value), 'a\n1\n2\n');
  assert.deepEqual(toRows(toJsonNode(value)).leftOut, ['total', 'note']);
});

test('an object that has a list of words, two lists, or none is one row', () => {
  assert.equal(rowsOf({ name: 'x', tags: ['a', 'b'] }), 'name,tags\nx,"[""a"",""b""]"\n');
  assert.equal(rowsOf({ a: [{ b: 1 }], c: [{ d: 2 }] }), 'a,c\n"[{""b"":1}]","[{""d"":2}]"\n');
  assert.equal(rowsOf({ a: 1, b: { c: true } }), 'a,b\n1,"{""c"":true}"\n');
});

test('what are no objects are rows of one column', () => {
  assert.equal(rowsOf(['a', 1, null, [2]]), 'value\na\n1\n""\n[2]\n');
  assert.equal(rowsOf({ names: ['a', 'b'] }), 'value\na\nb\n');
  assert.equal(rowsOf([{ a: 1 }, 'b']), 'a,value\n1,\n,b\n');
  assert.equal(rowsOf('x'), 'value\nx\n');
});

test('nothing gives nothing', () => {
  assert.equal(rowsOf([]), '');
  assert.equal(rowsOf({}), '');
});

test('keys that objects have already are columns like others', () => {
  const value = JSON.parse('[{"__proto__":1,"constructor":2},{"toString":3}]') as Json;
  assert.equal(rowsOf(value), '__proto__,constructor,toString\n1,2,\n,,3\n');
});

const person = { type: 'object', properties: { name: { type: 'string' }, nick: { type: 'string' } } };

test('a schema names the columns, in its order, also those no row has and without any row', () => {
  assert.equal(rowsOf([{ age: 1, nick: 'b' }], { type: 'array', items: person }), 'name,nick,age\n,b,1\n');
  assert.equal(rowsOf([], { type: 'array', items: person }), 'name,nick\n');
  assert.equal(rowsOf({ nick: 'b' }, person), 'name,nick\n,b\n');
  assert.equal(rowsOf([], { type: 'array', items: { type: 'string' } }), 'value\n');
});

test('a schema says which list the rows are, also when it is empty', () => {
  const schema = {
    type: 'object',
    properties: { total: { type: 'integer' }, items: { $ref: '#/$defs/list' } },
    $defs: { list: { type: ['array', 'null'], items: { $ref: '#/$defs/person' } }, person },
  };
  assert.equal(rowsOf({ total: 0, items: [] }, schema), 'name,nick\n');
  assert.equal(rowsOf({ items: [{ nick: 'a' }] }, schema), 'name,nick\n,a\n');
  assert.equal(rowsOf({ total: 0, items: null }, schema), 'name,nick,total,items\n,,0,\n');
});

test('a schema with a list of words keeps it in its row', () => {
  const schema = { type: 'object', properties: { name: {}, tags: { type: 'array', items: { type: 'string' } } } };
  assert.deepEqual(expectedRows(schema), { columns: ['name', 'tags'] });
});

test('a schema is followed by any reference the validator follows', () => {
  const $defs = { 'My Row': { properties: { a: {}, b: {} } } };
  for (const $ref of ['#/$defs/My%20Row', '#/$defs/My Row', '#/anyOf/0']) {
    const schema = { type: 'array', items: { $ref }, anyOf: [$defs['My Row']], $defs };
    assert.deepEqual(expectedRows(schema), { columns: ['a', 'b'] });
  }
});

test('a schema that says little, or refers to itself without end, expects nothing', () => {
  for (const schema of [
    true,
    {},
    { $ref: '#' },
    { $ref: 'x' },
    { type: 'array' },
    { type: 'array', items: { $ref: '#/x' } },
  ]) {
    assert.deepEqual(expectedRows(schema), { columns: [] });
  }
});
