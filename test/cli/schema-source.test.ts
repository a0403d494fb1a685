import assert from 'node:assert/strict';
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseSchemaSource, type SchemaSource } from '../../src/cli/schema-source.ts';
import { isChatError } from '../../src/core/error.ts';
import { resolvePaths } from '../../src/store/paths.ts';
import { saveSchema } from '../../src/store/schemas.ts';
import { temporaryFolder } from '../support/run-banter.ts';

const folder = temporaryFolder();
const paths = resolvePaths({ BANTER_HOME: join(folder, 'home') }, '');

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function find(given: string, stdin?: string): Promise<SchemaSource> {
  return parseSchemaSource(given, { paths, ...(stdin === undefined ? {} : { readStdin: async () => stdin }) });
}

async function refused(given: string, stdin?: string): Promise<string> {
  try {
    await find(given, stdin);
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return error.message;
  }
  return assert.fail(`it was accepted: ${given}`);
}

const person = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };

test('a file is read, with or without a byte order mark, and names the schema', async () => {
  const path = file('person.json', `\ufeff${JSON.stringify(person)}`);
  assert.deepEqual(await find(path), { name: 'person', schema: person, source: path });
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
    assert.equal((await find(file(name, '{}'))).name, expected);
  }
});

test('what comes through a pipe or a descriptor has no name but its title', {
  skip: process.platform === 'win32',
}, async () => {
  const descriptor = openSync(file('person.json', JSON.stringify(person)), 'r');
  assert.equal((await find(`/dev/fd/${descriptor}`)).name, 'answer');
  closeSync(descriptor);
  const titled = openSync(file('person.json', '{"title":"Person"}'), 'r');
  assert.equal((await find(`/dev/fd/${titled}`)).name, 'Person');
  closeSync(titled);
});

test('JSON in place of a file is taken as it is, and named by its title', async () => {
  assert.deepEqual(await find(` ${JSON.stringify(person)}\n`), {
    name: 'answer',
    schema: person,
    source: 'inline JSON',
  });
  assert.equal((await find('{"title":"One person"}')).name, 'One_person');
  assert.equal((await find('true')).schema, true);
  assert.equal((await find('false')).schema, false);
});

test('the short form is taken when there is no file of that name', async () => {
  const { name, source, schema } = await find('name, age int');
  assert.deepEqual([name, source], ['answer', 'short form']);
  assert.equal((await find('rate float: km/h')).source, 'short form');
  assert.equal((await find('path: such as a/b.json')).source, 'short form');
  assert.deepEqual(Object.keys((schema as { properties: object }).properties), ['name', 'age']);
  const path = file('name, age int', '{"title":"a file after all"}');
  assert.deepEqual((await find(path)).schema, { title: 'a file after all' });
});

test('a short form longer than any path is one', async () => {
  const fields = Array.from({ length: 2000 }, (_, n) => `field${n} int`).join(', ');
  assert.equal((await find(fields)).source, 'short form');
});

test('stdin may hold JSON or the short form, and is not waited for when it is not free', async () => {
  assert.deepEqual((await find('-', JSON.stringify(person))).schema, person);
  assert.deepEqual((await find('-', 'a\nb int')).source, 'stdin');
  assert.match(await refused('-', '{"a":1,}'), /^stdin is no JSON: character 8: /);
  assert.match(await refused('-'), /^the schema is to come from stdin, and nothing does \(/);
});

test('a saved schema is found by its name, an unknown name gets the nearest ones', async () => {
  saveSchema(paths, 'person', person);
  saveSchema(paths, 'invoice.v2', { title: 'Invoice' });
  assert.deepEqual(await find('@person'), { name: 'person', schema: person, source: '@person' });
  assert.equal((await find('@invoice.v2')).name, 'invoice_v2');
  assert.deepEqual((await find('@person#/properties/name')).schema, { type: 'string' });
  assert.equal(await refused('@persn'), 'there is no saved schema "persn" (did you mean @person)');
  assert.equal(await refused('@zzz'), 'there is no saved schema "zzz" (there are @invoice.v2, @person)');
  assert.equal(await refused('@../person'), 'there is no saved schema "../person" (did you mean @person)');
  assert.equal(await refused('person'), 'there is no file "person" (the saved schema is @person)');
});

test('a file that is not there is never read as the short form', async () => {
  assert.equal(await refused('missing.json'), 'there is no file missing.json');
  assert.equal(await refused('a, missing.yaml'), 'there is no file a, missing.yaml');
  assert.equal(await refused('api.yaml#/components/schemas/Pet'), 'there is no file api.yaml#/components/schemas/Pet');
  assert.match(
    await refused('schemas/person'),
    /^there is no file "schemas\/person", and as a short form it is wrong: /,
  );
  assert.match(
    await refused('person.jsn'),
    /^there is no file "person\.jsn", and as a short form it is wrong: character 7:/,
  );
  assert.equal(await refused('prson'), `there is no file "prson" (for a schema of one field: 'prson string')`);
  assert.match(await refused(' '), /^the schema is empty/);
});

test('a file that cannot be read is refused by its path', async () => {
  assert.ok((await refused(folder)).startsWith(`${folder} cannot be read: `));
  assert.match(await refused(file('latin1.json', Uint8Array.of(0x22, 0xe9, 0x22))), /latin1\.json is not UTF-8 text/);
  mkdirSync(join(folder, 'sub'));
  assert.match(await refused(`${file('plain.json', '{}')}/x`), /a part of its path is not a folder/);
});

test('what is no JSON is shown its line and column, what is no schema is told apart', async () => {
  assert.match(await refused(file('a.json', '')), /a\.json is no JSON: character 1: /);
  assert.match(await refused(file('a.json', 'type: object')), /a\.json is no JSON: character 2: /);
  assert.match(await refused(file('a.json', '{\n  "a": 1,\n  // more\n}')), /a\.json is no JSON: line 3, column 3: /);
  assert.match(await refused('{"type": "object",}'), /^the schema is no JSON: character 19: /);
  for (const text of ['null', '[]', '1', '"object"']) {
    assert.match(await refused(file('a.json', text)), /a\.json is JSON, but no JSON Schema/);
  }
  assert.match(await refused('[1]'), /^the schema is JSON, but no JSON Schema/);
});

test('a file of another name may hold the short form', async () => {
  assert.deepEqual(Object.keys((await find(file('fields.txt', 'a int\nb'))).schema as object)[0], 'type');
  assert.match(
    await refused(file('fields.txt', 'a intt\nb')),
    /fields\.txt is no schema: as a short form, line 1, column 3/,
  );
});

test('nesting without end is refused, not a full stack', async () => {
  const deep = `${'{"not":'.repeat(100_000)}true${'}'.repeat(100_000)}`;
  assert.match(await refused(file('deep.json', deep)), /more than 500 levels deep/);
  const deepYaml = `${'{not: '.repeat(20_000)}true${'}'.repeat(20_000)}`;
  assert.match(await refused(file('deep.yaml', deepYaml)), /levels deep/);
});

test('YAML is read where the name of the file says so', async () => {
  const text =
    'type: object\nproperties:\n  name: &s {type: string}\n  nick: *s\n  from: {type: string, default: 2024-01-01}\n';
  assert.deepEqual((await find(file('person.yaml', text))).schema, {
    type: 'object',
    properties: { name: { type: 'string' }, nick: { type: 'string' }, from: { type: 'string', default: '2024-01-01' } },
  });
  assert.match(await refused(file('bad.yml', 'a: 1\nb: [1\n')), /bad\.yml is no YAML: line \d, column \d+: /);
  assert.match(await refused(file('twice.yml', 'a: 1\na: 2\n')), /twice\.yml is no YAML: line 2, column 1: /);
  assert.match(await refused(file('list.yml', '- a\n')), /is JSON, but no JSON Schema/);
  assert.match(await refused(file('empty.yml', '')), /is JSON, but no JSON Schema/);
});

test('YAML that grows without end by its aliases is refused', async () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [of, name] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh']) {
    lines.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`);
  }
  assert.match(await refused(file('bomb.yaml', lines.join('\n'))), /bomb\.yaml: /);
  assert.match(await refused(file('self.yaml', 'a: &a\n  b: *a\n')), /self\.yaml/);
});

test('a place inside a file is one schema, with what it refers to', async () => {
  const path = file(
    'openapi.yaml',
    `openapi: 3.0.3
components:
  schemas:
    Pet:
      type: object
      properties:
        owner: {$ref: '#/components/schemas/Owner'}
        friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Owner: {type: string}
    Unrelated: {type: integer}
`,
  );
  assert.deepEqual(await find(`${path}#/components/schemas/Pet`), {
    name: 'Pet',
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: { owner: { $ref: '#/$defs/Owner' }, friends: { type: 'array', items: { $ref: '#' } } },
      $defs: { Owner: { type: 'string' } },
    },
    source: `${path}#/components/schemas/Pet`,
  });
  assert.match(
    await refused(`${path}#/components/schemas/Dog`),
    /openapi\.yaml has no schema at \/components\/schemas\/Dog/,
  );
});
