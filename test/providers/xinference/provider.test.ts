import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createProvider } from '../../../src/providers/index.ts';
import { defaultLimits } from '../../../src/wire/index.ts';
import { sendJson, sse } from '../../support/fault-server.ts';
import { ask, bodies, failureOf, hello, never, options, request, withServer } from '../openai/served.ts';

const profile = { kind: 'xinference' } as const;

const models = [
  { id: 'qwen3', owned_by: 'xinference', model_type: 'LLM', context_length: 32768, model_ability: ['chat', 'tools'] },
  { id: 'bge-m3', owned_by: 'xinference', model_type: 'embedding' },
  { id: 'base', owned_by: 'xinference', model_type: 'LLM', model_ability: ['generate'] },
  { id: 'flux', owned_by: 'xinference', model_type: 'image' },
  { id: 'old', owned_by: 'xinference', model_type: 'LLM' },
];

test('the models of Xinference are those that run and can chat', () =>
  withServer(
    (_request, response) => sendJson(response, { object: 'list', data: models }),
    async (provider) => {
      assert.deepEqual(await provider.listModels(never), [
        { id: 'qwen3', contextWindow: 32768, ownedBy: 'xinference' },
        { id: 'old', ownedBy: 'xinference' },
      ]);
    },
    { profile },
  ));

test('what is no list of models is not taken for an empty one', () =>
  withServer(
    (_request, response) => sendJson(response, { detail: 'x' }),
    async (provider) => assert.rejects(provider.listModels(never), /is no list of models/),
    { profile },
  ));

test('thinking is switched by the field of Xinference and by the template', () =>
  withServer(
    (_request, response) => sse(response, hello),
    async (provider, server) => {
      await ask(provider, { ...request, thinking: 'off' });
      const [body] = bodies(server);
      const off = { enable_thinking: false, thinking: false };
      assert.deepEqual([body?.enable_thinking, body?.chat_template_kwargs], [false, off]);
    },
    { profile },
  ));

test('a model that is still loading is waited for', () =>
  withServer(
    (_request, response, index) =>
      index === 0
        ? sendJson(response, { detail: 'Model is loading, please retry later: 40%' }, 503, { 'retry-after': '0' })
        : sse(response, hello),
    async (provider) => {
      const got = await ask(provider);
      assert.deepEqual([got.text, got.notices], ['Hi', ['retrying']]);
    },
    { profile, options: { limits: { ...defaultLimits, retries: 1 } } },
  ));

test('the words of Xinference are told', () =>
  withServer(
    (_request, response) => sendJson(response, { detail: 'Invalid input. Please specify the prompt.' }, 400),
    async (provider) => assert.match(String(await failureOf(provider)), /400: Invalid input\. Please specify/),
    { profile },
  ));

test('an Xinference profile needs to say where', async () => {
  await assert.rejects(createProvider({ name: 'x', kind: 'xinference' }, options), /profile "x" has no base URL/);
});
