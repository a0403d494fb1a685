import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createCommand } from '../../../src/cli/commands/schema.ts';
import type { Host } from '../../../src/cli/host.ts';
import { isChatError } from '../../../src/core/error.ts';
import { resolvePaths } from '../../../src/store/paths.ts';
import { temporaryFolder } from '../../support/run-banter.ts';

const folder = temporaryFolder();

function program(stdin?: string) {
  const paths = resolvePaths({ BANTER_HOME: join(folder, 'home') }, '');
  async function run(...words: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
    let out = '';
    let code = 0;
    const write = (text: string): void => {
      out += text;
    };
    const host = {
      paths,
      stdin: Readable.from([Buffer.from(stdin ?? '')]),
      hasStdin: () => stdin !== undefined,
      out: { write },
    };
    // The parts of a host that these commands use.
    const command = createCommand(host as unknown as Host, (next) => {
      code = next;
    });
    await command.exitOverride().parseAsync([...words], { from: 'user' });
    return { code, out };
  }
  return { run, paths };
}

async function refused(...words: readonly string[]): Promise<string> {
  try {
    await program().run(...words);
  } catch (error) {
    assert.ok(isChatError(error, 'usage'), String(error));
    return error.message;
  }
  return assert.fail('it was accepted');
}

test('the short form is printed as JSON Schema, one or many', async () => {
  const { out } = await program().run('dsl', 'name, age int, bio: one line');
  assert.deepEqual(JSON.parse(out), {
    type: 'object',
    properties: {
      name: { type: 'string' },
      age: { type: 'integer' },
      bio: { type: 'string', description: 'one line' },
    },
    required: ['name', 'age', 'bio'],
    additionalProperties: false,
  });
  assert.match(out, /^\{\n {2}"type"/);
  const many = JSON.parse((await program('a\nb').run('dsl', '-', '--multi')).out);
  assert.deepEqual(Object.keys(many.properties.items.items.properties), ['a', 'b']);
  assert.match(await refused('dsl', 'a b c'), /^character 3: "b" is no type/);
  assert.match(await refused('dsl', '-'), /^there is nothing on stdin/);
});

test('a schema is checked: what it is, and what servers would be sent', async () => {
  const { out, code } = await program().run('check', 'name, nick?, tags list');
  assert.equal(code, 0);
  assert.match(out, /^short form: ok, read as draft 2020-12\nan object: 3 properties, 2 levels deep, \d+ characters\n/);
  assert.match(out, /\nstrict JSON Schema: with changes\n {2}.*nick/);
  assert.match(out, /\nother means: as it is\n$/);
  const list = await program().run('check', '{"type":"array","items":{}}');
  assert.match(list.out, /\nstrict JSON Schema: not possible\n {2}\S/);
  assert.match(list.out, /\nother means: with changes\n {2}\S/);
});

test('the same as JSON, with the schemas that would be sent', async () => {
  const { out } = await program().run('check', 'name, nick?', '--json');
  const report = JSON.parse(out);
  assert.equal(report.ok, true);
  assert.equal(report.properties, 2);
  assert.equal(report.forms.strict.possible, true);
  assert.deepEqual(report.forms.strict.schema.required, ['name', 'nick']);
  assert.deepEqual(report.forms.object.changes, []);
});

test('a wrong schema is refused with its place', async () => {
  assert.match(await refused('check', '{"type":"objekt"}'), /\/type/);
  assert.match(await refused('check', '-', '--value', '-'), /cannot both come from stdin/);
});

test('a value is checked against a schema, with 60 when it does not satisfy it', async () => {
  const good = join(folder, 'good.json');
  writeFileSync(good, '\ufeff{"name":"Ada","age":36}');
  assert.deepEqual(await program().run('check', 'name, age int', '--value', good), { code: 0, out: 'ok\n' });
  const stdin = program('{"name":"Ada"}');
  assert.deepEqual(await stdin.run('check', 'name, age int', '--value', '-'), {
    code: 60,
    out: '/: "age" is missing\n',
  });
  const broken = await program('{"name":').run('check', 'name, age int', '--value', '-', '--json');
  assert.equal(broken.code, 60);
  assert.match(JSON.parse(broken.out).problems[0], /^it is no JSON: character 9: /);
});

test('a schema is saved under a name, listed, shown and removed', async () => {
  const { run, paths } = program();
  assert.equal(
    (await run('save', 'person', 'name, age int')).out,
    'person is saved; it is used with --schema @person\n',
  );
  assert.match((await run('save', 'person', 'name, bio')).out, /^person is replaced;/);
  assert.deepEqual(await run('save', 'copy', '@person'), {
    code: 0,
    out: 'copy is saved; it is used with --schema @copy\n',
  });
  assert.equal((await run('list')).out, '@copy    name, bio\n@person  name, bio\n');
  assert.deepEqual(JSON.parse((await run('--json')).out), ['copy', 'person']);
  assert.deepEqual(JSON.parse((await run('show', 'person')).out).required, ['name', 'bio']);
  assert.equal((await run('remove', 'copy')).out, 'copy is removed\n');
  assert.equal((await run('path')).out, `${paths.schemasDir}\n`);
  assert.match(await refused('show', 'persn'), /did you mean @person/);
  assert.match(await refused('save', 'bad/name', 'a, b'), /is not a name a schema can have/);
  assert.match(await refused('save', 'bad', '{"type":1}'), /cannot be used/);
});

test('a damaged file among the saved ones is named in its line, and drives no terminal', async () => {
  const { run, paths } = program();
  await run('save', 'fine', 'a, b');
  writeFileSync(join(paths.schemasDir, 'damaged.json'), '{"a":\x1b[2J');
  const { out } = await run('list');
  assert.match(out, /@damaged .*is no JSON/);
  assert.match(out, /@fine +a, b/);
  assert.doesNotMatch(out + (await run('show', 'damaged')).out, /\x1b/);
  assert.match(readFileSync(join(paths.schemasDir, 'damaged.json'), 'utf8'), /\x1b/);
});
