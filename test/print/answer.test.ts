import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainAnswer, rawAnswer } from '../../src/print/answer.ts';
import { corpus, innocent } from '../terminal/corpus.ts';
import { recorder } from './play.ts';

async function plain(...answers: readonly (readonly string[])[]): Promise<string> {
  const out = recorder();
  const writer = plainAnswer(out);
  for (const deltas of answers) {
    for (const delta of deltas) await writer.write(delta);
    await writer.end();
  }
  return out.text;
}

test('every delta is written when it comes', async () => {
  const out = recorder();
  const writer = plainAnswer(out);
  await writer.write('Hel');
  assert.equal(out.text, 'Hel');
  await writer.write('lo');
  assert.equal(out.text, 'Hello');
});

test('an answer ends with a newline, its own or ours', async () => {
  assert.equal(await plain(['a']), 'a\n');
  assert.equal(await plain(['a', '\n']), 'a\n');
  assert.equal(await plain(['a\n\n']), 'a\n\n');
  assert.equal(await plain(['a\r\n']), 'a\n');
  assert.equal(await plain(['a\n', '\x1b[0m']), 'a\n');
});

test('no text, no newline; and the end may come twice', async () => {
  assert.equal(await plain([]), '');
  assert.equal(await plain([''], [], []), '');
  assert.equal(await plain(['a'], [], ['b']), 'a\nb\n');
});

test('half a surrogate pair at the end is shown as U+FFFD and the line still ended', async () => {
  assert.equal(await plain(['a\ud83d']), 'a\ufffd\n');
  assert.equal(await plain(['\ud83d', '\ude00']), '😀\n');
});

test('a sequence one answer leaves open does not swallow the next', async () => {
  assert.equal(await plain(['a\x1b]0;never ended'], ['b']), 'a\nb\n');
});

test('what people write passes byte for byte, unit by unit', async () => {
  for (const text of innocent) assert.equal(await plain(text.split('')), `${text}\n`);
});

test('raw is what the model sent and only that', async () => {
  const out = recorder();
  const writer = rawAnswer(out);
  for (const { input } of corpus) {
    const before = out.text.length;
    await writer.write(input);
    await writer.end();
    assert.equal(out.text.slice(before), input);
  }
});
