import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsOf, readToolWords } from '../../src/cli/tool-words.ts';
import { isChatError } from '../../src/core/error.ts';

const builtIn = ['get_time', 'get_weather', 'fetch_url'];
const read = (...words: string[]): readonly string[] => readToolWords(words, '/here');

test('a word with a dot or a slash is a file, which is added to the others', () => {
  assert.deepEqual(read('./a.mjs', 'b.py', '+tools/c', '/abs/d.ts'), [
    '+/here/a.mjs',
    '+/here/b.py',
    '+/here/tools/c',
    '+/abs/d.ts',
  ]);
});

test('names stay as they are', () => {
  const words = ['get_time', '+get_weather', '-fetch_url', 'files__*', 'a-b'];
  assert.deepEqual(read(...words), words);
});

test('a file cannot be taken away', () => {
  assert.throws(
    () => read('-./a.mjs'),
    (error) => isChatError(error, 'usage'),
  );
});

test('a list of tools that are built in needs neither folder nor servers', () => {
  assert.deepEqual(needsOf(['get_time', '+fetch_url'], builtIn), { files: [], folder: false, servers: 'none' });
});

test('a list with another name needs the folder, and servers only where the name can be one of theirs', () => {
  assert.deepEqual(needsOf(['weather'], builtIn), { files: [], folder: true, servers: 'none' });
  assert.deepEqual(needsOf(['files__read', '-git__*', 'weather'], builtIn), {
    files: [],
    folder: true,
    servers: ['files__read', 'git__*'],
  });
});

test('without a list everything there is may be meant', () => {
  assert.deepEqual(needsOf([], builtIn), { files: [], folder: true, servers: 'all' });
  assert.deepEqual(needsOf(['-get_time'], builtIn), { files: [], folder: true, servers: 'all' });
  assert.deepEqual(needsOf(read('./a.mjs'), builtIn), { files: ['/here/a.mjs'], folder: true, servers: 'all' });
});
