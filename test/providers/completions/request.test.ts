import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../../src/core/provider.ts';
import { toRequestBody } from '../../../src/providers/completions/request.ts';

const request: ChatRequest = {
  model: 'm',
  messages: [],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};
const prompt = { text: 'Hi', stop: [] };

test('what was not chosen is left to the server, but for the length', () => {
  const body = { model: 'm', prompt: 'Hi', max_tokens: 1024, stream: true, stream_options: { include_usage: true } };
  assert.deepEqual(toRequestBody(request, prompt), body);
});

test('a whole answer is asked for without the options of a stream, and without a model if there is none', () => {
  const body = toRequestBody({ ...request, stream: false, model: undefined }, prompt);
  assert.deepEqual(body, { prompt: 'Hi', max_tokens: 1024, stream: false });
});

test('sampling, stop strings, a schema and fields set by hand are sent', () => {
  const body = toRequestBody(
    {
      ...request,
      sampling: { temperature: 0, topP: 0.5, topK: 4, seed: 1, maxTokens: 9 },
      format: { kind: 'json-schema', name: 'x', schema: { type: 'object' } },
      extraBody: { echo: false, seed: 2 },
    },
    { text: 'Hi', stop: ['a', 'b', 'c', 'd', 'e'] },
  );
  assert.deepEqual(body, {
    model: 'm',
    prompt: 'Hi',
    max_tokens: 9,
    temperature: 0,
    top_p: 0.5,
    top_k: 4,
    seed: 2,
    stop: ['a', 'b', 'c', 'd'],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
    stream: true,
    stream_options: { include_usage: true },
    echo: false,
  });
});

test('a top_p of 1, which TGI refuses here too, is left out', () => {
  assert.equal(toRequestBody({ ...request, sampling: { topP: 1 } }, prompt).top_p, undefined);
});
