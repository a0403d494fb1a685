import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ServerName, serverNames } from '../../../src/core/profile.ts';
import { type ChatRequest, type Thinking, thinkingLevels } from '../../../src/core/provider.ts';
import { hostedServices } from '../../../src/providers/hosts.ts';
import { dialectFor } from '../../../src/providers/openai/dialect.ts';
import { planRequest } from '../../../src/providers/openai/plan.ts';

const tool = (name: string) => ({ name, description: '', parameters: true });
const tools = [tool('get_time'), tool('get_weather')];

const plain: ChatRequest = {
  model: 'm',
  messages: [{ role: 'user', text: 'Hi' }],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
};

function planFor(server: ServerName | undefined, more: Partial<ChatRequest> = {}, hostname = '127.0.0.1') {
  const request = { ...plain, ...more };
  return planRequest(request, dialectFor({ hostname, model: request.model, server }), {}, 'http://server.test');
}

const bodyFor = (...given: Parameters<typeof planFor>) => planFor(...given).body;

test('the host decides, and where it is unknown what a probe found', () => {
  const sampling = { maxTokens: 5 };
  assert.equal(bodyFor('mistral', { sampling }, 'api.openai.com').max_completion_tokens, 5);
  assert.equal(bodyFor('openai', { sampling }, 'proxy.test').max_completion_tokens, 5);
  assert.equal(bodyFor(undefined, { sampling }, 'proxy.test').max_tokens, 5);
  assert.equal(dialectFor({ hostname: 'api.moonshot.ai', server: 'tgi' }).modelWhenNoneNamed, undefined);
  assert.equal(bodyFor(undefined, { sampling }, 'mine.openai.azure.com').max_completion_tokens, 5);
});

test('every hosted service names the variable of its key, a server found by a probe does not', () => {
  for (const [hostname, { server }] of Object.entries(hostedServices)) {
    assert.match(dialectFor({ hostname }).keyVariable ?? '', /^[A-Z]+_[A-Z_]+$/, hostname);
    if (server !== undefined) assert.equal(dialectFor({ hostname: 'localhost', server }).keyVariable, undefined);
  }
});

test('TGI gets its own name for the model when none is named', () => {
  assert.equal(bodyFor('tgi', { model: undefined }).model, 'tgi');
  assert.equal(bodyFor('tgi', { model: 'my-adapter' }).model, 'my-adapter');
  assert.equal(Object.keys(bodyFor('tgi', { model: undefined }))[0], 'model');
});

test('TGI gets no top_p of 1, no penalty, a list of stop strings and no null', () => {
  const { model: _, messages: __, ...rest } = bodyFor('tgi', { sampling: { topP: 1, stop: ['x'] }, stream: false });
  assert.deepEqual(rest, { stop: ['x'], stream: false });
  assert.equal(bodyFor('tgi', { sampling: { topP: 0.9 } }).top_p, 0.9);
});

test('TGI gets no text beside calls, since it would lose the calls', () => {
  const call = { id: '0', name: 'get_time', arguments: '{}' };
  const messages = [{ role: 'assistant', text: 'Let me see.', toolCalls: [call], ending: 'tool-calls' }] as const;
  const keys = (server: ServerName) =>
    Object.keys((bodyFor(server, { messages }).messages as readonly object[])[0] ?? {});
  assert.deepEqual(keys('tgi'), ['role', 'tool_calls']);
  assert.deepEqual(keys('vllm'), ['role', 'content', 'tool_calls']);
});

test('one tool is forced by its name, or as the only one on offer where names are not heeded', () => {
  const toolChoice = { name: 'get_weather' };
  const forced = (server: ServerName) => {
    const body = bodyFor(server, { tools, toolChoice });
    return [(body.tools as readonly unknown[]).length, body.tool_choice];
  };
  const byName = { type: 'function', function: { name: 'get_weather' } };
  assert.deepEqual(
    [forced('vllm'), forced('tgi'), forced('openrouter')],
    [
      [2, byName],
      [2, byName],
      [2, byName],
    ],
  );
  assert.deepEqual(
    [forced('llama.cpp'), forced('ollama'), forced('lmstudio')],
    [
      [1, 'required'],
      [1, 'required'],
      [1, 'required'],
    ],
  );
  assert.equal(bodyFor('mistral', { tools, toolChoice: 'required' }).tool_choice, 'any');
});

test('Mistral has its own name for the seed', () => {
  const { seed, random_seed } = bodyFor('mistral', { sampling: { seed: 1 } });
  assert.deepEqual([seed, random_seed], [undefined, 1]);
});

/** What a level of thinking adds to the body. */
function thinkingOf(server: ServerName | undefined, thinking: Thinking, hostname?: string): unknown {
  const {
    model: _,
    messages: __,
    stream: ___,
    stream_options: ____,
    ...rest
  } = bodyFor(server, { thinking }, hostname);
  return rest;
}

test('each server is told to think, or not to, in its own words', () => {
  const template = (on: boolean) => ({ chat_template_kwargs: { enable_thinking: on, thinking: on } });
  for (const server of ['openai', 'ollama', 'gemini', 'hf-router'] as const) {
    assert.deepEqual(thinkingOf(server, 'off'), { reasoning_effort: 'none' });
    assert.deepEqual(thinkingOf(server, 'high'), { reasoning_effort: 'high' });
  }
  for (const server of [undefined, 'vllm', 'sglang', 'llama.cpp', 'lmstudio'] as const) {
    assert.deepEqual(thinkingOf(server, 'off'), template(false));
    assert.deepEqual(thinkingOf(server, 'low'), { reasoning_effort: 'low', ...template(true) });
  }
  assert.deepEqual(thinkingOf('groq', 'on'), {});
  assert.deepEqual(thinkingOf('openrouter', 'off'), { reasoning: { enabled: false } });
  assert.deepEqual(thinkingOf('openrouter', 'medium'), { reasoning: { effort: 'medium' } });
  assert.deepEqual(thinkingOf('together', 'on'), { reasoning: { enabled: true } });
  assert.deepEqual(thinkingOf('deepseek', 'off'), { thinking: { type: 'disabled' } });
  assert.deepEqual(thinkingOf('deepseek', 'high'), { thinking: { type: 'enabled' } });
  assert.deepEqual(thinkingOf('xinference', 'on'), { enable_thinking: true, ...template(true) });
  assert.deepEqual(thinkingOf(undefined, 'off', 'dashscope-intl.aliyuncs.com'), { enable_thinking: false });
  assert.deepEqual(thinkingOf('anthropic', 'low'), { thinking: { type: 'enabled', budget_tokens: 1024 } });
});

test('nothing is said about thinking unless it is asked for, and a field given by hand wins', () => {
  for (const server of serverNames) assert.deepEqual(Object.keys(bodyFor(server)), Object.keys(bodyFor(undefined)));
  const extraBody = { reasoning_effort: 'xhigh' };
  assert.equal(bodyFor('openai', { thinking: 'low', extraBody }).reasoning_effort, 'xhigh');
});

test('a server without a word for thinking gets none, and that is said', () => {
  for (const thinking of thinkingLevels) {
    const { body, omissions } = planFor('tgi', { thinking });
    assert.deepEqual(Object.keys(body), ['model', 'messages', 'stream', 'stream_options']);
    assert.match(omissions.map(({ text }) => text).join(), /does not take a level of thinking/);
  }
});

test('a model with its provider goes to the router as it is, first in the body', () => {
  const body = JSON.stringify(bodyFor(undefined, { model: 'org/model:groq' }, 'router.huggingface.co'));
  assert.match(body, /^\{"model":"org\/model:groq",/);
});
