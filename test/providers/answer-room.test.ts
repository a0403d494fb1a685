import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import { roomLeft } from '../../src/providers/answer-room.ts';

const room = (said: string) => roomLeft(new ChatError({ kind: 'server', target: 'http://h', status: 422, said }));

test('a refusal that counts tells how many tokens are left for the answer', () => {
  assert.equal(
    room(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 17 `inputs` tokens and 10000 `max_new_tokens`',
    ),
    4079,
  );
  assert.equal(
    room(
      "This model's maximum context length is 4097 tokens, however you requested 5100 tokens (4000 in your prompt; 1100 for the completion).",
    ),
    97,
  );
  assert.equal(
    room(
      "'max_tokens' is too large: 1024. This model's maximum context length is 512 tokens and your request has 20 input tokens",
    ),
    492,
  );
});

test('no room is left, or nothing is known of it', () => {
  assert.equal(
    room('`inputs` tokens + `max_new_tokens` must be <= 10. Given: 12 `inputs` tokens and 1 `max_new_tokens`'),
    undefined,
  );
  assert.equal(room('Model is overloaded'), undefined);
  assert.equal(
    roomLeft(new Error('maximum context length is 5 tokens and your request has 2 input tokens')),
    undefined,
  );
});
