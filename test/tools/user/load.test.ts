/** Which files become tools, which are left out and why (X38, X39), and what is remembered. */

import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import { compileSchema } from '../../../src/session/validate.ts';
import {
  host,
  load,
  makeFolder,
  memoryStore,
  moduleText,
  runOnly,
  scriptText,
  shellDescription,
  write,
} from './tool-folder.ts';

test('without a folder, or with an empty one, there are no tools and no problems', async (t) => {
  const folder = makeFolder(t);
  for (const path of [folder, join(folder, 'none')]) {
    const { tools, problems } = await load(t, path);
    assert.deepEqual([tools, problems], [[], []]);
  }
});

test('modules with a default object, a default function and named exports are all read', async (t) => {
  const folder = makeFolder(t);
  const named =
    "export const name = 'NAME'; export const description = 'D.'; export const parameters = { type: 'object' };\n";
  write(folder, '1.mjs', moduleText('one', 'return this.name', 'safe: true,'));
  write(folder, '2.mjs', `${named.replace('NAME', 'two')}export default (args) => 'two';`);
  write(folder, '3.js', `${named.replace('NAME', 'three')}export function run(args) { return 'three'; }`);
  write(folder, '4.cjs', "module.exports = { description: 'D.', parameters: { type: 'object' }, run: () => 'four' };");
  const { tools, problems } = await load(t, folder);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    tools.map(({ name, safe, kind }) => [name, safe, kind]),
    [
      ['one', true, 'module'],
      ['two', false, 'module'],
      ['three', false, 'module'],
      ['4', false, 'module'],
    ],
  );
  const results = await Promise.all(tools.map((tool) => tool.run({}, { signal: new AbortController().signal })));
  assert.deepEqual(results, ['one', 'two', 'three', 'four']);
});

test('a program is described by itself or by the .json beside it', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.sh', scriptText('a', ''), 0o755);
  write(folder, 'b', '#!/bin/sh\necho "ran with $#"\n', 0o755);
  write(folder, 'b.json', `\uFEFF${shellDescription('by_file')}`);
  const { tools, problems } = await load(t, folder);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    tools.map(({ name, kind, file }) => [name, kind, file]),
    [
      ['a', 'program', join(folder, 'a.sh')],
      ['by_file', 'program', join(folder, 'b')],
    ],
  );
});

test('what is no tool is passed over without a word', async (t) => {
  const folder = makeFolder(t);
  for (const name of ['README.md', 'data.json', 'notes', '.hidden.mjs', 'old.mjs~', 'types.d.ts'])
    write(folder, name, '{}');
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'folder.mjs'));
  const { tools, problems } = await load(t, folder);
  assert.deepEqual([tools, problems], [[], []]);
});

test('a broken file is left out with one line that says why, and the others stay', async (t) => {
  const folder = makeFolder(t);
  const broken: Readonly<Record<string, readonly [string, RegExp, number?]>> = {
    'array.sh': ['#!/bin/sh\necho "[]"', /its description is no JSON object/, 0o755],
    'bad-name.mjs': [moduleText('two words', ''), /its name "two words" is not made of/],
    'bad-schema.mjs': [
      moduleText('bad_schema', '').replace(
        "{ type: 'object' }",
        "{ type: 'object', properties: { a: { type: 'integr' } } }",
      ),
      /schema cannot be used/,
    ],
    'circular.mjs': [
      'const p = { type: "object" }; p.p = p; export default { description: "D", parameters: p, run() {} }',
      /circular/i,
    ],
    'empty.mjs': ['', /it exports no function/],
    'exits.mjs': ['process.exit(3)', /exit code 3/],
    'fails.sh': [
      '#!/bin/sh\necho oh no >&2; exit 2',
      /--describe: it ended with exit code 2; it printed: oh no/,
      0o755,
    ],
    'forgotten.py': ['#!/usr/bin/env python3', /may not be executed \(chmod \+x\)/],
    'hangs.mjs': ['await new Promise(() => {})', /its promise never settled/],
    'import.mjs': ["import 'no-such-package-at-all'; export default 1", /no-such-package-at-all/],
    'no-description.mjs': ['export const run = () => 1', /it has no description/],
    'no-json.sh': ['#!/bin/sh\necho Usage: no-json', /--describe printed no JSON: Usage: no-json/, 0o755],
    'no-parameters.mjs': [
      "export const description = 'D'; export const run = () => 1",
      /no JSON Schema of type object/,
    ],
    'silent.sh': ['#!/bin/sh\n:', /--describe printed no JSON$/, 0o755],
    'syntax.mjs': ['export default {,', /SyntaxError: Unexpected token ','/],
    'taken.mjs': [moduleText('get_time', ''), /the name get_time belongs to a tool that is built in/],
    'throws.mjs': ['throw new Error("line one\\nline two")', /line one line two/],
  };
  for (const [name, [text, , mode]] of Object.entries(broken)) write(folder, name, text, mode);
  write(folder, 'broken-companion', '#!/bin/sh', 0o755);
  write(folder, 'broken-companion.json', '{');
  write(folder, 'z.mjs', moduleText('z', 'return 1'));
  const { tools, problems } = await load(t, folder, { checkSchema, retry: true });
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['z'],
  );
  const expected: (readonly [string, RegExp])[] = [['broken-companion', /broken-companion\.json holds no JSON/]];
  for (const [name, [, why]] of Object.entries(broken)) expected.push([name, why]);
  for (const [name, why] of expected) {
    const [line, another] = problems.filter((problem) => problem.startsWith(`${name}: `));
    assert.match(line ?? '', why, name);
    assert.equal(another, undefined);
    assert.doesNotMatch(line ?? '', /\n/);
  }
  assert.equal(problems.length, expected.length);
});

async function checkSchema(schema: Parameters<typeof compileSchema>[0]): Promise<string | undefined> {
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    if (isChatError(error, 'usage')) return error.message;
    throw error;
  }
}

test('a file that takes too long to describe itself is left out', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'slow.mjs', `await new Promise((resolve) => setTimeout(resolve, 10_000));\n${moduleText('slow', '')}`);
  write(folder, 'slow.sh', '#!/bin/sh\nsleep 10\n', 0o755);
  write(folder, 'z.mjs', moduleText('z', ''));
  const { tools, problems } = await load(t, folder, { retry: true });
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['z'],
  );
  assert.deepEqual(problems, [
    'slow.mjs: it did not describe itself within 2 s',
    'slow.sh: it did not describe itself within 2 s',
  ]);
});

test('slow files have one second in all at a start, except one that is named, and are remembered', async (t) => {
  const folder = makeFolder(t);
  const slow = scriptText('slow', '').replace('if', 'echo x >> "$0.count~"\nsleep 1.2\nif');
  const paths = [1, 2, 3, 4, 5].map((n) => write(folder, `${n}.sh`, slow, 0o755));
  const descriptions = memoryStore();
  const counts = (): readonly number[] => paths.map(countOf);
  const { tools, problems } = await load(t, folder, { descriptions, files: paths.slice(0, 1) });
  assert.deepEqual(
    tools.map(({ file }) => file),
    paths.slice(0, 1),
  );
  const noTime = (n: number): string =>
    `${n}.sh: there was no time to describe it; \`banter tools list\` takes the time`;
  assert.deepEqual(problems, [2, 3, 4, 5].map(noTime));
  assert.deepEqual(counts(), [1, 1, 1, 1, 0]);
  await load(t, folder, { descriptions });
  await load(t, folder, { descriptions });
  assert.deepEqual(counts(), [1, 1, 1, 1, 1]);
  const named = await load(t, join(folder, 'none'), { descriptions, files: paths.slice(4) });
  assert.equal(named.tools.length, 1);
});

test('TypeScript runs where Node runs it, and elsewhere the line says what to do', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.ts', `const n: number = 1;\n${moduleText('a', 'return n')}`);
  const old = await load(t, folder, { host: { ...host, nodeVersion: '20.19.0' } });
  assert.deepEqual(old.problems, [
    'a.ts: Node 20.19.0 cannot run TypeScript: use Node 22.18 or newer, or plain JavaScript',
  ]);
  const recent = await load(t, folder);
  if (Number(host.nodeVersion.split('.')[0]) >= 24) assert.equal(await runOnly(recent), '1');
});

test('of two tools with one name the first in the order of file names stays', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'b.mjs', moduleText('same', 'return "b"'));
  write(folder, 'a.sh', scriptText('same', 'echo a'), 0o755);
  const loaded = await load(t, folder);
  assert.equal(await runOnly(loaded), 'a');
  assert.deepEqual(loaded.problems, [`b.mjs: the name same is that of ${join(folder, 'a.sh')} already`]);
});

test('a file named with -T comes first, and wins over the folder', async (t) => {
  const folder = makeFolder(t);
  const path = write(dirname(folder), 'mine.mjs', moduleText('same', 'return "mine"'));
  write(folder, 'a.mjs', moduleText('same', 'return "folder"'));
  const loaded = await load(t, folder, { files: [path] });
  assert.equal(await runOnly(loaded), 'mine');
  assert.equal(loaded.problems.length, 1);
  const twice = await load(t, folder, { files: [join(folder, 'a.mjs')] });
  assert.deepEqual(twice.problems, []);
});

test('a file named with -T that is no tool is wrong usage', async (t) => {
  const folder = makeFolder(t);
  const files = {
    'none.mjs': /none\.mjs: it does not exist/,
    'text.txt': /text\.txt: it is neither a module \(\.mjs, \.js\) nor a program/,
    'broken.mjs': /broken\.mjs: SyntaxError/,
    'taken.mjs': /taken\.mjs: the name get_time belongs/,
  };
  write(folder, 'text.txt', '');
  write(folder, 'broken.mjs', '{,');
  write(folder, 'taken.mjs', moduleText('get_time', ''));
  for (const [name, why] of Object.entries(files)) {
    await assert.rejects(
      load(t, join(folder, 'none'), { files: [join(folder, name)] }),
      (error) => isChatError(error, 'usage') && why.test(error.message),
    );
  }
});

test('nothing in the working directory becomes a tool', async (t) => {
  const folder = makeFolder(t);
  const here = process.cwd();
  const elsewhere = dirname(folder);
  mkdirSync(join(elsewhere, 'empty'));
  write(folder, 'planted.mjs', moduleText('planted', ''));
  write(elsewhere, '.toolsrc', JSON.stringify({ tools: ['./tools/planted.mjs'] }));
  process.chdir(elsewhere);
  try {
    assert.deepEqual((await load(t, join(elsewhere, 'empty'))).tools, []);
  } finally {
    process.chdir(here);
  }
});

/** A program that leaves a mark each time it is asked. */
function countingScript(folder: string, name: string): string {
  return write(folder, name, scriptText('counted', 'echo 1').replace('if', 'echo x >> "$0.count~"\nif'), 0o755);
}

const countOf = (path: string): number =>
  existsSync(`${path}.count~`) ? readFileSync(`${path}.count~`, 'utf8').split('x').length - 1 : 0;

test('an unchanged file is not asked again, a changed one is', async (t) => {
  const folder = makeFolder(t);
  const path = countingScript(folder, 'a.sh');
  const descriptions = memoryStore();
  await load(t, folder, { descriptions });
  const again = await load(t, folder, { descriptions });
  assert.equal(countOf(path), 1);
  assert.equal(descriptions.writes, 1);
  assert.equal(await runOnly(again), '1');

  appendFileSync(path, '# changed\n');
  await load(t, folder, { descriptions });
  assert.equal(countOf(path), 3);

  // The times of the content set back, as an archive does: the time of the change of its name still tells.
  utimesSync(path, 1, 1);
  await load(t, folder, { descriptions });
  assert.equal(countOf(path), 4);

  write(folder, 'a.json', shellDescription('from_file'));
  const [tool] = (await load(t, folder, { descriptions })).tools;
  assert.equal(tool?.name, 'from_file');
});

test('a file that was replaced by another is asked again', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('one', ''));
  const descriptions = memoryStore();
  await load(t, folder, { descriptions });
  renameSync(write(dirname(folder), 'b.mjs', moduleText('two', '')), join(folder, 'a.mjs'));
  assert.deepEqual(
    (await load(t, folder, { descriptions })).tools.map(({ name }) => name),
    ['two'],
  );
});

test('a problem is remembered for ten minutes, and asked about at once where time is taken', async (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.sh', '#!/bin/sh\necho x >> "$0.count~"; exit 1\n', 0o755);
  const descriptions = memoryStore();
  const at = (minute: number) => () => new Date(Date.UTC(2026, 10, 21, 10, minute));
  for (const minute of [0, 1, 9]) await load(t, folder, { descriptions, clock: at(minute) });
  assert.equal(countOf(path), 1);
  await load(t, folder, { descriptions, clock: at(11) });
  assert.equal(countOf(path), 2);
  const { problems } = await load(t, folder, { descriptions, clock: at(12), retry: true });
  assert.equal(countOf(path), 3);
  assert.match(problems[0] ?? '', /^a\.sh: --describe: it ended with exit code 1/);
});

test('another version of Node asks modules again, programs not', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('a', ''));
  const path = countingScript(folder, 'b.sh');
  const descriptions = memoryStore();
  await load(t, folder, { descriptions });
  await load(t, folder, { descriptions, host: { ...host, nodeVersion: '99.0.0' } });
  assert.equal(descriptions.writes, 2);
  assert.equal(countOf(path), 1);
});

test('a damaged or foreign cache is no obstacle', async (t) => {
  const folder = makeFolder(t);
  write(folder, 'a.mjs', moduleText('a', ''));
  const known = memoryStore();
  await load(t, folder, { descriptions: known });
  const tampered = JSON.parse(JSON.stringify(known.saved).replace('"type":"object"', '"type":"array"'));
  for (const saved of [null, 'text', [], {}, { version: 99 }, { version: 1, files: [] }, tampered]) {
    const descriptions = memoryStore();
    descriptions.saved = saved;
    assert.equal((await load(t, folder, { descriptions })).tools.length, 1);
  }
});

test('fifty known tools are listed without reading one of them', async (t) => {
  const folder = makeFolder(t);
  for (let n = 0; n < 50; n += 1) write(folder, `tool${n}`, '#!/bin/sh\n', 0o700);
  for (let n = 0; n < 50; n += 1) write(folder, `tool${n}.json`, shellDescription(`tool${n}`));
  const descriptions = memoryStore();
  assert.equal((await load(t, folder, { descriptions })).tools.length, 50);
  const unable = { ...host, nodePath: '/no/such/node', environment: {} };
  assert.equal((await load(t, folder, { descriptions, host: unable })).tools.length, 50);
  assert.equal(descriptions.writes, 1);
});

test('a link in the folder is a tool under its own name', async (t) => {
  const folder = makeFolder(t);
  const path = write(dirname(folder), 'real.sh', scriptText('linked', 'echo linked'), 0o755);
  symlinkSync(path, join(folder, 'link'));
  assert.equal(await runOnly(await load(t, folder)), 'linked');
});
