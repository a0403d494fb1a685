import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import { readTokens } from '../../../src/providers/tgi/events.ts';
import type { Received } from '../../../src/wire/index.ts';
import { collect, target } from '../openai/play.ts';
import { replayFixtures } from '../replay-fixtures.ts';

const stop = ['\nUser:', '</s>'];
const prompt = 'User: Hi\n\nAssistant:';

replayFixtures({
  folder: 'tgi',
  stop,
  read: (received) => readTokens(received, target, { stop, prompt }),
  expected: {
    'plain--tgi-3.sse': {
      text: '안녕 👩‍👩‍👧 world',
      end: 'stop eos_token',
      usage: { promptTokens: 9, completionTokens: 4 },
    },
    'no-space-no-index--tgi-1.sse': { text: 'Two', end: 'stop eos_token', usage: { completionTokens: 2 } },
    'special-tokens-within--tgi-3.sse': {
      text: 'One two',
      end: 'length',
      usage: { promptTokens: 9, completionTokens: 4 },
    },
    'stop-string-in-the-text--tgi-3.sse': {
      text: 'Yes.',
      end: 'stop stop_sequence',
      usage: { promptTokens: 9, completionTokens: 4 },
    },
    'stop-string-not-heeded--handler.sse': { text: 'Yes.', end: 'stop' },
    'details-absent--handler.sse': { text: 'Hi!', end: 'stop' },
    'only-generated-text--handler.sse': { text: 'Hi!', end: 'stop' },
    'error-validation--tgi-2.sse': { end: 'server 422' },
    'error-overloaded--tgi-3.sse': { end: 'server 429' },
    'error-after-text--tgi-3.sse': { text: 'Half', end: 'server 424' },
    'error-without-type--handler.sse': { end: 'stream reported' },
    'no-end--proxy.sse': { text: 'Half an', end: 'stream cut' },
    'broken-frame--proxy.sse': { text: 'One three', notices: ['bad-chunk'], end: 'stream malformed' },
    'whole-body--tgi-3.json': { text: '서울', end: 'stop eos_token', usage: { completionTokens: 3 } },
    'list-with-the-prompt--hf.json': { text: 'Hello', end: 'stop' },
    'error-validation--tgi-3.json': { end: 'server 422' },
  },
});

test('the prompt of an answer that was not streamed is counted by a header', async () => {
  const text = '{"generated_text":"Hi","details":{"finish_reason":"length","generated_tokens":1}}';
  const received = receive(
    { type: 'headers', status: 200, headers: { 'x-prompt-tokens': '9' } },
    { type: 'body', contentType: 'application/json', text },
  );
  const { finish } = await collect(readTokens(received, target));
  assert.deepEqual(finish, { type: 'finish', reason: 'length', usage: { promptTokens: 9, completionTokens: 1 } });
});

test('reading stops at the last event, so a server that keeps the connection open holds nobody up', async () => {
  async function* received(): AsyncGenerator<Received> {
    yield { type: 'event', name: undefined, data: '{"token":{"text":"Hi"},"generated_text":"Hi","details":null}' };
    throw new Error('read on after the last event');
  }
  assert.equal((await collect(readTokens(received(), target))).finish?.reason, 'stop');
});

test('an error tells its type, and what to do about it', async () => {
  const overflow =
    '`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 17 `inputs` tokens and 10000 `max_new_tokens`';
  const cases = [
    [{ error: `Input validation error: ${overflow}`, error_type: 'validation' }, 'validation', 'try --max-tokens 4079'],
    [
      { error: 'Input validation error: `inputs` must have less than 10 tokens. Given: 11', error_type: 'validation' },
      'validation',
      'the conversation is too long for it: shorten it or start a new one',
    ],
    [{ error: 'Model is overloaded', error_type: 'overloaded' }, 'overloaded', undefined],
  ] as const;
  for (const [frame, type, hint] of cases) {
    const data = JSON.stringify(frame);
    await assert.rejects(
      async () => {
        for await (const _ of readTokens(receive({ type: 'event', name: undefined, data }), target));
      },
      (error) =>
        isChatError(error, 'server') &&
        error.fault.kind === 'server' &&
        error.fault.type === type &&
        error.fault.hint === hint,
    );
  }
});

async function* receive(...items: readonly Received[]): AsyncGenerator<Received> {
  yield* items;
}
