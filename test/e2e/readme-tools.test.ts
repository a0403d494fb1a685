/** The section "Write a tool" of the README: its files are written, and its commands give what it says they give. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, program, temporaryFolder } from '../support/run-banter.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const section = /^## Write a tool\n[\s\S]*?(?=^## )/m.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[0] ?? '';

interface Command {
  readonly line: string;
  readonly output: string;
}

/** Blocks that are introduced by the name of a file. */
const files = [...section.matchAll(/`([\w.-]+)`:\n\n```\w+\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => ({
  name,
  text,
}));

const commands = [...section.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part): Command => {
      const [line = '', ...rest] = part.split('\n');
      return { line, output: rest.join('\n') };
    }),
);

const hasPython = spawnSync('python3', ['--version']).status === 0;

test('the section has a file for each way to write a tool', () => {
  assert.deepEqual(
    files.map(({ name }) => name),
    ['days.mjs', 'words.py', 'note.sh', 'note.json', 'mcp.json'],
  );
  assert.ok(commands.length >= 9);
});

test('the files of the section are tools, and its commands print what it says', async (t) => {
  const home = temporaryFolder();
  const here = temporaryFolder();
  const programs = programsIn(temporaryFolder());
  for (const { name, text } of files)
    writeFileSync(join(name === 'mcp.json' ? home : here, name), text, { mode: 0o600 });
  const env = cleanEnvironment(home);
  env.PATH = `${programs}:${env.PATH ?? ''}`;

  for (const { line, output } of commands) {
    const skip = line.includes('count_words') && !hasPython ? 'there is no python3 here' : false;
    await t.test(line, { skip }, () => {
      const run = spawnSync('sh', ['-c', `${line} 2>&1`], { cwd: here, env, encoding: 'utf8' });
      assert.equal(run.stdout, output);
    });
  }
  const list = spawnSync('banter', ['tools', '--json'], { cwd: here, env, encoding: 'utf8' });
  const names = JSON.parse(list.stdout).map(({ name }: { readonly name: string }) => name);
  for (const name of ['days_between', 'take_note', ...(hasPython ? ['count_words'] : [])])
    assert.ok(names.includes(name));
  if (hasPython) assert.equal(list.stderr, '');
});

/** `banter` as it would be installed, and an `npx` that takes packages from here instead of the registry. */
function programsIn(folder: string): string {
  const server = join(root, 'node_modules', '@modelcontextprotocol', 'server-everything', 'dist', 'index.js');
  const script = (name: string, text: string): void =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  mkdirSync(folder, { recursive: true });
  script('banter', `exec '${process.execPath}' '${program}' "$@"`);
  script('npx', `[ "$*" = '-y @modelcontextprotocol/server-everything' ] && exec '${process.execPath}' '${server}'`);
  return folder;
}
