import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonNode, readJson } from '../../src/core/json-node.ts';
import { formatStructured, type StructuredForm } from '../../src/print/structured-form.ts';

function node(text: string): JsonNode {
  const read = readJson(text);
  assert.ok(read.ok);
  return read.node;
}

const people = node('{"total":2,"items":[{"id":12345678901234567890,"name":"김"},{"id":2,"name":"\\u001b[31mAda"}]}');

test('each form of one answer', async () => {
  const expected: Readonly<Record<StructuredForm, string>> = {
    json: '{"total":2,"items":[{"id":12345678901234567890,"name":"김"},{"id":2,"name":"\\u001b[31mAda"}]}\n',
    yaml: 'total: 2\nitems:\n  - id: 12345678901234567890\n    name: 김\n  - id: 2\n    name: "\\u001b[31mAda"\n',
    csv: 'id,name\n12345678901234567890,김\n2,Ada\n',
    tsv: 'id\tname\n12345678901234567890\t김\n2\tAda\n',
    table:
      '                  id  name\n--------------------  ----\n12345678901234567890  김\n                   2  Ada\n',
  };
  for (const [form, text] of Object.entries(expected)) {
    // The keys of the record are the forms.
    assert.equal(await formatStructured(people, form as StructuredForm, { color: 0 }), text);
  }
});

test('on a terminal JSON is indented', async () => {
  assert.equal(
    await formatStructured(node('{"a":[1]}'), 'json', { color: 0, columns: 80 }),
    '{\n  "a": [\n    1\n  ]\n}\n',
  );
});

test('the schema names the columns, and what has no place in rows is told', async () => {
  const leftOut: string[] = [];
  const schema = { type: 'array', items: { properties: { name: {}, nick: {} } } };
  const options = { color: 0, schema, onLeftOut: (keys: readonly string[]) => void leftOut.push(...keys) } as const;
  assert.equal(await formatStructured(node('[]'), 'csv', options), 'name,nick\n');
  await formatStructured(people, 'table', options);
  assert.deepEqual(leftOut, ['total']);
});

test('colour stands around the head of a table, never in the cells', async () => {
  const text = await formatStructured(node('[{"a":1}]'), 'table', { color: 1 });
  assert.equal(text, '\x1b[1ma\x1b[22m\n\x1b[2m-\x1b[22m\n1\n');
});
