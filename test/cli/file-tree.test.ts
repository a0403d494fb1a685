import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { listTree } from '../../src/cli/file-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-tree-'));
after(() => rmSync(folder, { recursive: true, force: true }));
for (const path of ['src/deep', 'node_modules/x', '.git', '한글']) mkdirSync(join(folder, path), { recursive: true });
for (const path of [
  'a.txt',
  'src/b.ts',
  'src/deep/c.ts',
  'node_modules/x/d.js',
  '.git/HEAD',
  '한글/마.txt',
  'q".txt',
]) {
  writeFileSync(join(folder, path), '');
}

test('nearer files come first, and what programs made or hid is left out', async () => {
  assert.deepEqual(await listTree(folder, () => 0), ['a.txt', '한글/마.txt', 'src/b.ts', 'src/deep/c.ts']);
});

test('it ends with so many files, and when the time is up', async () => {
  assert.deepEqual(await listTree(folder, () => 0, { maxFiles: 1, maxMs: 10 }), ['a.txt']);
  let nowMs = 0;
  assert.deepEqual(await listTree(folder, () => (nowMs += 6), { maxFiles: 9, maxMs: 7 }), ['a.txt']);
});
