import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { attachFiles, listFiles } from '../../src/cli/attachments.ts';
import { fileMentions } from '../../src/core/file-mentions.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-attach-'));
after(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'src/deep'), { recursive: true });
writeFileSync(join(folder, 'notes.txt'), 'one\ntwo\n');
writeFileSync(join(folder, 'two words.txt'), '한국어');
writeFileSync(join(folder, '.hidden'), 'secret');
writeFileSync(join(folder, 'src/main.ts'), 'let a;');
writeFileSync(join(folder, 'cat.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));
writeFileSync(join(folder, 'latin.txt'), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
writeFileSync(join(folder, 'half.txt'), 'x'.repeat(600_000));
symlinkSync('src', join(folder, 'link'));

const access = { folder, home: folder };
const attach = (text: string) =>
  attachFiles(text, fileMentions(text), { ...access, signal: new AbortController().signal });

test('a mention stands at the beginning or behind a blank', () => {
  const paths = (text: string) => fileMentions(text).map(({ path }) => path);
  assert.deepEqual(paths('@a.ts and\n@b/c.ts, @"two words.txt"; me@home `@d` @a.ts'), [
    'a.ts',
    'b/c.ts,',
    'two words.txt',
  ]);
  assert.deepEqual(paths('@ alone, and none'), []);
});

test('a path that leads nowhere is named once; a name that is no path is left alone', async () => {
  assert.deepEqual((await attach('@nofile.txt, for @user and @Injectable({a: 1.5}) @nofile.txt')).notes, [
    'nofile.txt is not there, so it stays a name',
  ]);
  assert.deepEqual((await attach('@a/b @c/d @e/f @g/h')).notes, [
    'a/b, c/d, e/f and 1 more are not there, so they stay names',
  ]);
});

test('the text of a file follows the message in a labelled block, also behind punctuation', async () => {
  const { text, notes } = await attach('Look at @notes.txt, @src/main.ts and @"two words.txt".');
  assert.equal(
    text,
    'Look at @notes.txt, @src/main.ts and @"two words.txt".' +
      '\n\n<file path="notes.txt">\none\ntwo\n</file>' +
      '\n\n<file path="src/main.ts">\nlet a;\n</file>' +
      '\n\n<file path="two words.txt">\n한국어\n</file>',
  );
  assert.deepEqual(notes, [
    'attached notes.txt, 2 lines',
    'attached src/main.ts, 1 line',
    'attached two words.txt, 1 line',
  ]);
});

test('a name without a file stays a name, and so does a folder, which is said', async () => {
  const message = 'Ask @alice about @src, @notes.txt/x and @a\0b';
  const notes = ['src is a folder, so it stays a name', 'notes.txt/x is not there, so it stays a name'];
  assert.deepEqual(await attach(message), { text: message, notes });
});

test('what is no text is refused, and so is too much of it', async () => {
  await assert.rejects(attach('@cat.png'), /cat\.png cannot be attached: it is no text/);
  await assert.rejects(attach('@latin.txt'), /latin\.txt cannot be attached: it is not UTF-8 text/);
  assert.match((await attach('@half.txt')).notes.join(), /attached half\.txt, 1 line/);
  writeFileSync(join(folder, 'other.txt'), 'y'.repeat(600_000));
  await assert.rejects(attach('@half.txt @other.txt'), /other\.txt cannot be attached: the files of a message/);
});

test('a file that cannot be read is refused', async () => {
  symlinkSync('circle', join(folder, 'circle'));
  await assert.rejects(attach('@circle'), /circle cannot be attached: its links lead in a circle/);
});

test('folders end with a slash, hidden files are listed when asked for, and paths begin as they were written', async () => {
  const names = await listFiles('', access);
  assert.ok(names.includes('src/') && names.includes('link/') && names.includes('notes.txt'));
  assert.ok(!names.includes('.hidden'));
  assert.ok((await listFiles('.h', access)).includes('.hidden'));
  assert.deepEqual(await listFiles('./src/ma', access), ['./src/main.ts', './src/deep/']);
  assert.deepEqual(await listFiles('~/src/', access), ['~/src/main.ts', '~/src/deep/']);
  assert.deepEqual(await listFiles('nowhere/x', access), []);
});

test('in a folder of more files than are listed, the one that is meant is among them', async () => {
  const crowd = mkdtempSync(join(tmpdir(), 'banter-crowd-'));
  try {
    for (let index = 0; index < 1100; index++) writeFileSync(join(crowd, `a${index}`), '');
    writeFileSync(join(crowd, 'Zebra.md'), '');
    const names = await listFiles('ze', { folder: crowd, home: crowd });
    assert.equal(names[0], 'Zebra.md');
    assert.equal(names.length, 1000);
  } finally {
    rmSync(crowd, { recursive: true });
  }
});
