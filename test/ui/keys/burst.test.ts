import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBurstGuard } from '../../../src/ui/keys/burst.ts';
import type { Key } from '../../../src/ui/keys/key.ts';
import { createKeyParser } from '../../../src/ui/keys/parser.ts';

/** Reads with the milliseconds they arrive at, to the keys they mean where pastes are not marked. */
function read(...reads: readonly (readonly [text: string, atMs: number])[]): readonly Key[] {
  const guard = createBurstGuard();
  const parser = createKeyParser();
  return [...reads.map(([text, atMs]) => guard.read(text, atMs)), guard.flush()].flatMap((text) => parser.push(text));
}

const enter: Key = { type: 'chord', chord: 'enter' };
const kinds = (keys: readonly Key[]): string => keys.map(({ type }) => type).join(' ');
const paste = (text: string): Key => ({ type: 'paste', text });

test('pasted lines are not sent, in one read or in several', () => {
  const line = 'please look at this line of a log';
  assert.deepEqual(read([`${line}\r${line}\r`, 0]), [paste(`${line}\n${line}\n`)]);
  assert.deepEqual(read([`${line}\r`, 0], [`${line}\r`, 3]), [paste(`${line}\n${line}\n`)]);
});

test('one line and Enter are sent, as programs that drive a terminal write them', () => {
  const line = 'What time is it in Seoul?';
  assert.deepEqual(read([`${line}\r`, 0]), [{ type: 'text', text: line }, enter]);
  assert.deepEqual(read([line, 0], ['\r', 3]), [{ type: 'text', text: line }, enter]);
});

test('a long paste in many reads is one, with line ends wherever they fall', () => {
  const text = 'line of a log\r'.repeat(1000);
  const reads = Array.from(
    { length: 14 },
    (_, index) => [text.slice(index * 1000, index * 1000 + 1000), index] as const,
  );
  assert.deepEqual(read(...reads), [paste(text.replaceAll('\r', '\n'))]);
});

test('typing is typing, also over a slow line and with an input method', () => {
  assert.deepEqual(read(['hi\r', 0]).at(-1), enter);
  assert.deepEqual(read(['안녕하세요', 0], ['\r', 2]).at(-1), enter);
  assert.deepEqual(read(['a rather long line, pasted or not', 0], ['\r', 80]).at(-1), enter);
  const typed = Array.from('a line that was typed', (one, at) => [one, at * 30] as const);
  assert.deepEqual(read(...typed, ['\r', 700]).at(-1), enter);
});

test('keys among text stay keys, and end what is held', () => {
  assert.deepEqual(kinds(read(['a long line of text\x03', 0])), 'text chord');
  assert.deepEqual(kinds(read(['a long line of text\x1b[A\r', 0])), 'text chord chord');
  assert.deepEqual(kinds(read(['a long line of text\r', 0], ['\x03', 2])), 'text chord chord');
});

test('nothing is guessed where the terminal marks its pastes', () => {
  const guard = createBurstGuard();
  guard.off();
  assert.equal(guard.read('a long line of text and Enter\r', 0), 'a long line of text and Enter\r');
  assert.equal(guard.waitMs(), undefined);
});
