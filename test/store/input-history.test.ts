import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { openInputHistory } from '../../src/store/input-history.ts';
import { resolvePaths } from '../../src/store/paths.ts';
import { buildProgram, runProgram, temporaryFolder, temporaryPaths } from './folder.ts';

test('what was typed is there in the next session, in order, 0600', () => {
  const paths = temporaryPaths();
  const history = openInputHistory(paths);
  assert.deepEqual(history.entries, []);
  for (const text of ['one', 'two\nlines 한국어', '/help']) assert.equal(history.add(text), undefined);
  assert.deepEqual(history.entries, ['one', 'two\nlines 한국어', '/help']);
  assert.deepEqual(openInputHistory(paths).entries, history.entries);
  assert.equal(statSync(paths.inputHistoryFile).mode & 0o777, 0o600);
});

test('an entry equal to the last one and a blank one are not added', () => {
  const history = openInputHistory(temporaryPaths());
  for (const text of ['one', 'one', ' \n', 'two', 'one']) history.add(text);
  assert.deepEqual(history.entries, ['one', 'two', 'one']);
});

test('two terminals add to one history', () => {
  const paths = temporaryPaths();
  const [first, second] = [openInputHistory(paths), openInputHistory(paths)];
  first.add('a');
  second.add('b');
  first.add('c');
  assert.deepEqual(first.entries, ['a', 'c']);
  assert.deepEqual(openInputHistory(paths).entries, ['a', 'b', 'c']);
});

test('two programs that write at the same time lose nothing, each in its order', async () => {
  const home = temporaryFolder();
  const paths = resolvePaths({ BANTER_HOME: home }, '');
  const program = buildProgram('add-inputs');
  const running = ['a', 'b'].map((name) => runProgram(program, home, name, '150'));
  // Both are listened to from the beginning: a line that nobody waits for is lost.
  await Promise.all(running.map(({ lines }) => lines[Symbol.asyncIterator]().next()));
  for (const { start } of running) start();
  assert.deepEqual(await Promise.all(running.map(({ ended }) => ended)), [0, 0]);
  const { entries } = openInputHistory(paths);
  assert.equal(entries.length, 300);
  for (const name of ['a', 'b']) {
    const own = entries.filter((entry) => entry.startsWith(`${name} `)).map((entry) => Number(entry.split(' ')[1]));
    assert.deepEqual(own, [...Array(150).keys()]);
  }
});

test('torn, damaged and foreign lines are left out, and what follows them is not', () => {
  const paths = temporaryPaths();
  const history = openInputHistory(paths);
  history.add('one');
  appendFileSync(paths.inputHistoryFile, '{"x":1}\n\0\0\n"torn');
  history.add('two');
  assert.deepEqual(openInputHistory(paths).entries, ['one', 'two']);
});

test('a full history begins anew, keeps the latest 2,000 and loses nothing another terminal adds', () => {
  const paths = temporaryPaths();
  openInputHistory(paths).add('first');
  const lines = Array.from({ length: 2100 }, (_, n) => `"line ${n}"\n`).join('');
  appendFileSync(paths.inputHistoryFile, lines);
  const other = openInputHistory(paths);
  assert.equal(other.entries.length, 2000);
  assert.equal(existsSync(paths.inputHistoryFile), false);
  assert.equal(existsSync(`${paths.inputHistoryFile}.lock`), false);
  other.add('next');
  const { entries } = openInputHistory(paths);
  assert.deepEqual(
    [entries.length, entries[0], entries.at(-2), entries.at(-1)],
    [2000, 'line 101', 'line 2099', 'next'],
  );
});

test('a full history in use by another start is left for later, unless that one died', () => {
  const paths = temporaryPaths();
  openInputHistory(paths).add('first');
  appendFileSync(paths.inputHistoryFile, '"x"\n'.repeat(2100));
  const lock = `${paths.inputHistoryFile}.lock`;
  writeFileSync(lock, '');
  assert.equal(openInputHistory(paths).entries.length, 2000);
  assert.ok(existsSync(lock) && existsSync(paths.inputHistoryFile));
  utimesSync(lock, 1000, 1000);
  openInputHistory(paths);
  openInputHistory(paths);
  assert.ok(!existsSync(lock) && !existsSync(paths.inputHistoryFile));
});

test('what cannot be written is remembered for the session and reported', () => {
  const paths = temporaryPaths();
  mkdirSync(paths.inputHistoryFile, { recursive: true });
  const history = openInputHistory(paths);
  assert.ok(isChatError(history.add('one'), 'storage'));
  assert.deepEqual(history.entries, ['one']);
});

test('an entry over 64 KiB is remembered for the session only', () => {
  const paths = temporaryPaths();
  const history = openInputHistory(paths);
  history.add('short');
  history.add('x'.repeat(70_000));
  assert.equal(history.entries.length, 2);
  assert.ok(readFileSync(paths.inputHistoryFile).length < 100);
});

test('a key in use does not reach the disk, and is recalled as it was typed until the session ends', () => {
  const paths = temporaryPaths();
  const secrets: string[] = [];
  const history = openInputHistory(paths, secrets);
  secrets.push('key-123456');
  assert.equal(history.add('curl -H key-123456 and "key-123456"'), undefined);
  assert.deepEqual(history.entries, ['curl -H key-123456 and "key-123456"']);
  assert.deepEqual(openInputHistory(paths).entries, ['curl -H [key] and "[key]"']);
  assert.doesNotMatch(readFileSync(paths.inputHistoryFile, 'utf8'), /key-123456/);
});
