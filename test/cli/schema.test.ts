import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadSchema } from '../../src/cli/schema.ts';
import { isChatError } from '../../src/core/error.ts';
import { temporaryFolder } from '../support/run-banter.ts';

const folder = temporaryFolder();

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function refused(path: string): Promise<string> {
  try {
    await loadSchema(path, 0);
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return error.message;
  }
  return assert.fail('it was accepted');
}

test('a schema is read and compiled', async () => {
  const schema = { type: 'object', required: ['name'] };
  const loaded = await loadSchema(file('person.json', JSON.stringify(schema)), 2);
  assert.equal(loaded.name, 'person');
  assert.deepEqual(loaded.schema, schema);
  assert.equal(loaded.retries, 2);
  assert.deepEqual(loaded.validate({ name: 'Ada' }), []);
  assert.deepEqual(loaded.validate({}), ['/: "name" is missing']);
});

test('true and false are schemas, too', async () => {
  assert.deepEqual((await loadSchema(file('all.json', 'true'), 0)).validate(1), []);
  assert.equal((await loadSchema(file('none.json', 'false'), 0)).validate(1).length, 1);
});

test('a byte order mark before the schema does not count', async () => {
  assert.deepEqual((await loadSchema(file('bom.json', '\ufeff{}'), 0)).schema, {});
});

test("the name is the file's, with only what servers accept in a name", async () => {
  const names: Readonly<Record<string, string>> = {
    'my person.v2.json': 'my_person_v2',
    'a-b_C9.json': 'a-b_C9',
    'no-extension': 'no-extension',
    'caf\u00e9.json': 'caf_',
    '사람.json': 'answer',
    '--.json': 'answer',
    [`${'x'.repeat(80)}.json`]: 'x'.repeat(64),
  };
  for (const [name, expected] of Object.entries(names)) {
    assert.equal((await loadSchema(file(name, '{}'), 0)).name, expected);
  }
});

test('a file that is missing, a folder, or no text is refused by its path', async () => {
  assert.match(await refused(join(folder, 'missing.json')), /missing\.json cannot be read: /);
  assert.ok((await refused(folder)).startsWith(`${folder} cannot be read: `));
  assert.match(await refused(file('latin1.json', Uint8Array.of(0x22, 0xe9, 0x22))), /latin1\.json is not UTF-8 text/);
});

test('what is no JSON, and JSON that is no schema, are told apart', async () => {
  for (const text of ['', 'type: object', '{"type":'])
    assert.match(await refused(file('a.json', text)), /a\.json is no JSON$/);
  for (const text of ['null', '[]', '1', '"object"']) {
    assert.match(await refused(file('a.json', text)), /a\.json is JSON, but no JSON Schema/);
  }
});

test('a schema that cannot be compiled is refused with its place', async () => {
  assert.match(await refused(file('a.json', '{"properties":{"a":{"type":"text"}}}')), /\/properties\/a\/type/);
  assert.match(await refused(file('a.json', '{"$ref":"http://127.0.0.1:9/x.json"}')), /\$ref/);
});
