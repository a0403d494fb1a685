import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../../src/core/provider.ts';
import type { ResponseFormat } from '../../../src/core/response-format.ts';
import { toRequestBody } from '../../../src/providers/tgi/request.ts';

const request: ChatRequest = {
  model: 'org/model',
  messages: [],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};
const prompt = { text: 'Hi', stop: ['</s>'] };
const parametersOf = (more: Partial<ChatRequest>) => toRequestBody({ ...request, ...more }, prompt).parameters;
const ours = { max_new_tokens: 1024, return_full_text: false, details: true, stop: ['</s>'] };

test('the prompt is the input, and what was not chosen is left to the server, but for the length', () => {
  assert.deepEqual(toRequestBody(request, prompt), { inputs: 'Hi', parameters: ours, stream: true });
});

test('sampling goes by the names TGI has for it', () => {
  const sampling = { temperature: 0.5, topP: 0.9, topK: 5, seed: 1, maxTokens: 7 };
  const named = { do_sample: true, temperature: 0.5, top_p: 0.9, top_k: 5, seed: 1, max_new_tokens: 7 };
  assert.deepEqual(parametersOf({ sampling }), { ...ours, ...named });
});

test('temperature 0 means greedy, and a top_p of 1 no limit: both would be refused', () => {
  assert.deepEqual(parametersOf({ sampling: { temperature: 0, topP: 1 } }), { ...ours, do_sample: false });
});

test('a format is a grammar', () => {
  const grammarOf = (format: ResponseFormat) =>
    (toRequestBody({ ...request, format }, prompt).parameters as { grammar?: unknown }).grammar;
  const asked = { kind: 'json-schema', mode: 'grammar', name: 'x', strict: false } as const;
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' };
  assert.deepEqual(grammarOf({ ...asked, schema }), { type: 'json', value: { type: 'object' } });
  assert.deepEqual(grammarOf({ ...asked, schema: false }), { type: 'json', value: { not: {} } });
  assert.deepEqual(grammarOf({ kind: 'regex', mode: 'grammar', pattern: '^a+$' }), { type: 'regex', value: 'a+' });
  assert.equal(grammarOf({ ...asked, mode: 'prompt', schema }), undefined);
});

test('no more stop strings are sent than a TGI takes', () => {
  const body = toRequestBody(request, { text: 'Hi', stop: ['a', 'b', 'c', 'd', 'e'] });
  assert.deepEqual((body.parameters as { stop?: unknown }).stop, ['a', 'b', 'c', 'd']);
});

test('what a person sets by hand is a parameter, unless its place is beside them', () => {
  const extraBody = { typical_p: 0.9, details: false, options: { use_cache: false }, parameters: { watermark: true } };
  assert.deepEqual(toRequestBody({ ...request, extraBody }, prompt), {
    inputs: 'Hi',
    parameters: { ...ours, typical_p: 0.9, details: false, watermark: true },
    stream: true,
    options: { use_cache: false },
  });
});
