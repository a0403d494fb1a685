import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerName } from '../../../src/core/profile.ts';
import type { ChatRequest } from '../../../src/core/provider.ts';
import type { SchemaMode } from '../../../src/core/response-format.ts';
import { formatsOf } from '../../../src/providers/completions/formats.ts';
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

test('sampling, stop strings and fields set by hand are sent', () => {
  const body = toRequestBody(
    {
      ...request,
      sampling: { temperature: 0, topP: 0.5, topK: 4, seed: 1, maxTokens: 9 },
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
    stream: true,
    stream_options: { include_usage: true },
    echo: false,
  });
});

test('a top_p of 1, which TGI refuses here too, is left out', () => {
  assert.equal(toRequestBody({ ...request, sampling: { topP: 1 } }, prompt).top_p, undefined);
});

test('a schema goes in the fields of a server that is known, and nowhere on one that is not', () => {
  const schema = { type: 'object' };
  const sent = (server: ServerName | undefined, mode: SchemaMode) => {
    const format = { kind: 'json-schema', mode, name: 'x', schema, strict: false } as const;
    const { constraint, schemaModes } = formatsOf(server);
    const {
      model: _,
      prompt: __,
      max_tokens: ___,
      stream: ____,
      ...fields
    } = toRequestBody({ ...request, stream: false, format }, prompt, constraint);
    return [schemaModes, fields];
  };
  const responseFormat = { type: 'json_schema', json_schema: { name: 'x', schema } };
  assert.deepEqual(sent('vllm', 'grammar'), [['grammar', 'prompt'], { structured_outputs: { json: schema } }]);
  assert.deepEqual(sent('llama.cpp', 'grammar'), [['grammar', 'prompt'], { json_schema: schema }]);
  assert.deepEqual(sent('sglang', 'grammar'), [['grammar', 'prompt'], { json_schema: '{"type":"object"}' }]);
  assert.deepEqual(sent('xinference', 'grammar'), [['grammar', 'prompt'], { guided_json: schema }]);
  assert.deepEqual(sent('lmstudio', 'native'), [['native', 'prompt'], { response_format: responseFormat }]);
  assert.deepEqual(sent(undefined, 'prompt'), [['prompt'], {}]);
});
