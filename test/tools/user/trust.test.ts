import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findTrusted } from '../../../src/tools/user/trust.ts';
import { host, load, makeFolder, moduleText, runOnly, scriptText, write } from './tool-folder.ts';

const problemOf = (path: string, userId = host.userId): string | undefined =>
  findTrusted(path, { userId, folders: new Map() }).problem;

/** Makes a file somebody else's, or, without the right to, this process somebody else. */
function userWhoDoesNotOwn(path: string): number {
  if (host.userId !== 0) return (host.userId ?? 0) + 1;
  chownSync(path, 12_345, 12_345);
  return 0;
}

test('a file of one’s own in a folder of one’s own is trusted, also when the group may write it', (t) => {
  const folder = makeFolder(t);
  assert.equal(problemOf(write(folder, 'a.mjs', '')), undefined);
  assert.equal(problemOf(write(folder, 'b.mjs', '', 0o664)), undefined);
});

test('a file everybody can write is not trusted', (t) => {
  const path = write(makeFolder(t), 'a.mjs', '', 0o666);
  assert.equal(problemOf(path), 'everybody can write it (chmod o-w)');
});

test('a file of somebody else is not trusted', (t) => {
  const path = write(makeFolder(t), 'a.mjs', '');
  assert.match(problemOf(path, userWhoDoesNotOwn(path)) ?? '', /belongs to somebody else/);
});

test('a folder everybody can write makes its files untrusted, also with a sticky bit', (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.mjs', '');
  for (const mode of [0o777, 0o1777]) {
    chmodSync(folder, mode);
    assert.match(problemOf(path) ?? '', /^its folder .*tools can be written by everybody/);
  }
});

test('a folder further up that everybody can write makes a file untrusted', (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.mjs', '');
  chmodSync(dirname(folder), 0o777);
  assert.match(problemOf(path) ?? '', /lies below .*, which everybody can write/);
  chmodSync(dirname(folder), 0o1777);
  assert.equal(problemOf(path), undefined);
});

function linkTo(t: TestContext, target: (elsewhere: string) => string): string {
  const folder = makeFolder(t);
  const elsewhere = join(dirname(folder), 'elsewhere');
  mkdirSync(elsewhere);
  const link = join(folder, 'link.mjs');
  symlinkSync(target(elsewhere), link);
  return link;
}

test('a link is followed, and where it leads is checked like any file', (t) => {
  assert.equal(problemOf(linkTo(t, (elsewhere) => write(elsewhere, 'a.mjs', ''))), undefined);
  assert.match(
    problemOf(linkTo(t, (elsewhere) => write(elsewhere, 'a.mjs', '', 0o666))) ?? '',
    /everybody can write it/,
  );
  const open = linkTo(t, (elsewhere) => {
    chmodSync(elsewhere, 0o777);
    return write(elsewhere, 'a.mjs', '');
  });
  assert.match(problemOf(open) ?? '', /^its folder .*elsewhere can be written by everybody/);
});

test('links that lead nowhere or in a circle are said to', (t) => {
  const folder = makeFolder(t);
  symlinkSync(join(folder, 'gone.mjs'), join(folder, 'dangling.mjs'));
  symlinkSync(join(folder, 'circle.mjs'), join(folder, 'circle.mjs'));
  assert.match(problemOf(join(folder, 'dangling.mjs')) ?? '', /^it is a link to .*gone\.mjs: it does not exist$/);
  assert.match(problemOf(join(folder, 'circle.mjs')) ?? '', /too many others/);
});

test('where files have no owner only existence is asked', (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.mjs', '', 0o666);
  assert.equal(findTrusted(path, { userId: undefined, folders: new Map() }).problem, undefined);
});

test('what is not trusted is neither described nor run: the file leaves no trace', async (t) => {
  const folder = makeFolder(t);
  const mark = "import { writeFileSync } from 'node:fs'; writeFileSync(new URL('./ran', import.meta.url), '');\n";
  write(folder, 'open.mjs', mark + moduleText('open_one', ''), 0o666);
  write(folder, 'open.sh', scriptText('open_two', '').replace('if', 'touch "$(dirname "$0")/ran"\nif'), 0o777);
  const { tools, problems } = await load(t, folder);
  assert.deepEqual(tools, []);
  assert.deepEqual(problems, [
    'open.mjs: everybody can write it (chmod o-w)',
    'open.sh: everybody can write it (chmod o-w)',
  ]);
  assert.equal(problemOf(join(folder, 'ran')), 'it does not exist');
});

test('a folder everybody can write is left out as one', async (t) => {
  const folder = makeFolder(t);
  for (const name of ['a.mjs', 'b.mjs']) write(folder, name, moduleText('a', ''));
  chmodSync(folder, 0o777);
  const { tools, problems } = await load(t, folder);
  assert.deepEqual(tools, []);
  assert.deepEqual(problems, [`no tool is loaded: the folder ${folder} can be written by everybody (chmod o-w)`]);
});

test('a tool that lost its trust after it was described is not run', async (t) => {
  const folder = makeFolder(t);
  const path = write(folder, 'a.mjs', moduleText('a', 'return 1'));
  const loaded = await load(t, folder);
  chmodSync(path, 0o666);
  await assert.rejects(runOnly(loaded), /a\.mjs was not run: everybody can write it/);
});
