import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../../src/core/error.ts';
import { readChunks } from '../../../src/providers/completions/events.ts';
import type { Received } from '../../../src/wire/index.ts';
import { collect, target } from '../openai/play.ts';
import { endOf, replayFixtures } from '../replay-fixtures.ts';

const stop = ['\nUser:', '</s>'];
const used = { promptTokens: 9, completionTokens: 3 };

replayFixtures({
  folder: 'completions',
  stop,
  read: (received) => readChunks(received, target, { stop }),
  expected: {
    'plain--vllm.sse': { text: '안녕 👩‍👩‍👧', end: 'stop', usage: used },
    'empty-finish-word--tgi-3.sse': { text: 'One two', end: 'stop eos_token', usage: used },
    'no-done--xinference.sse': { text: 'Hi', end: 'stop', usage: {} },
    'interleaved-choices--tgi-3.sse': { text: 'One two', end: 'stop eos_token', usage: used },
    'error-string-after-text--xinference.sse': { text: 'Half', end: 'stream reported' },
    'error-top-level--vllm.sse': { end: 'server 400' },
    'chat-shape-end-token--tgi-2.sse': { text: 'Two', end: 'stop eos_token' },
    'stop-string-not-heeded--odd.sse': { text: 'Yes.', end: 'stop' },
    'stop-string-and-finish-word--odd.sse': { text: 'Yes.', end: 'stop', usage: used },
    'think-tags--qwen.sse': { reasoning: 'Hm.', text: 'Yes', end: 'stop' },
    'split-surrogates--llama.cpp.sse': { text: 'a😀b', end: 'stop' },
    'no-finish-word--odd.sse': { text: 'Hi', end: 'stop' },
    'no-end--odd.sse': { text: 'Half an', end: 'stream cut' },
    'finish-word-error--xinference.sse': { text: 'Half', end: 'stream reported' },
    'junk-words--proxy.sse': { text: 'Hi', notices: ['bad-chunk'], end: 'stop' },
    'broken-frame--proxy.sse': { text: 'One three', notices: ['bad-chunk'], end: 'stream malformed' },
    'only-done--odd.sse': { end: 'stream empty' },
    'whole-body--openai.json': { text: '서울', end: 'stop', usage: used },
    'another-json--odd.json': { end: 'stream malformed' },
    'error-detail--fastapi.json': { end: 'stream reported' },
  },
});

const frame = (text: string, finish_reason: string | null = null): Received => ({
  type: 'event',
  name: undefined,
  data: JSON.stringify({ choices: [{ index: 0, text, finish_reason }] }),
});

test('a stop string ends the reading of a server that does not heed it', async () => {
  let isClosed = false;
  async function* received(): AsyncGenerator<Received> {
    try {
      yield frame('Yes.\nUs');
      yield frame('er: go');
      throw new Error('read on after the stop string');
    } finally {
      isClosed = true;
    }
  }
  const got = await collect(readChunks(received(), target, { stop }));
  assert.deepEqual([got.text, endOf(got), isClosed], ['Yes.', 'stop', true]);
});

test('a connection that breaks after the finish word costs nothing, one that breaks before keeps what was held back', async () => {
  async function* received(finish: string | null): AsyncGenerator<Received> {
    yield frame('Yes\nUse', finish);
    throw new ChatError({ kind: 'stream', target, reason: 'cut' });
  }
  const whole = await collect(readChunks(received('stop'), target, { stop }));
  const cut = await collect(readChunks(received(null), target, { stop }));
  assert.deepEqual([whole.text, endOf(whole)], ['Yes\nUse', 'stop']);
  assert.deepEqual([cut.text, endOf(cut)], ['Yes\nUse', 'stream cut']);
});

test('the space an answer begins with is left out, unless the answer goes on in the middle of a text', async () => {
  const play = (keepsSpace: boolean) =>
    collect(readChunks(toAsync([frame(' '), frame('\n Hi '), frame(' ', 'stop')]), target, { keepsSpace }));
  assert.deepEqual([(await play(false)).text, (await play(true)).text], ['Hi  ', ' \n Hi  ']);
});

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
