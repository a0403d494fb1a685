import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantMessage, Message } from '../../../src/core/message.ts';
import type { ChatRequest } from '../../../src/core/provider.ts';
import { dialectFor } from '../../../src/providers/openai/dialect.ts';
import { toRequestBody } from '../../../src/providers/openai/request.ts';

const anywhere = dialectFor({ hostname: 'localhost', model: 'm' });
const tool = { name: 'get_time', description: 'Time.', parameters: { $schema: 'x', type: 'object' } };
const call = { id: 'call_1', name: 'get_time', arguments: '{"place":"Rome"}' };

function request(more: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'm',
    messages: [{ role: 'user', text: 'Hi' }],
    tools: [],
    toolChoice: 'auto',
    sampling: {},
    extraBody: {},
    stream: true,
    ...more,
  };
}

function assistant(more: Partial<AssistantMessage> = {}): AssistantMessage {
  return { role: 'assistant', text: '', toolCalls: [], ending: 'stop', ...more };
}

const body = (more: Partial<ChatRequest> = {}, dialect = anywhere) => toRequestBody(request(more), dialect);
const messagesOf = (messages: readonly Message[], dialect = anywhere) => body({ messages }, dialect).messages;

test('a plain request is model, messages and stream, the model first', () => {
  assert.equal(
    JSON.stringify(body()),
    '{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true}}',
  );
});

test('a request for one body asks for no stream options', () => {
  const { stream, stream_options } = body({ stream: false });
  assert.deepEqual([stream, stream_options], [false, undefined]);
});

test('no model is sent where none is chosen', () => {
  assert.ok(!('model' in body({ model: undefined })));
});

test('tools and tool_choice are left out together when there are no tools', () => {
  const { tools, tool_choice } = body({ toolChoice: 'required' });
  assert.deepEqual([tools, tool_choice], [undefined, undefined]);
});

test('a tool is sent as a function, its schema without $schema', () => {
  assert.deepEqual(body({ tools: [tool] }).tools, [
    { type: 'function', function: { name: 'get_time', description: 'Time.', parameters: { type: 'object' } } },
  ]);
});

test('a tool is forced by the object form', () => {
  const choice = (toolChoice: ChatRequest['toolChoice']) => body({ tools: [tool], toolChoice }).tool_choice;
  assert.deepEqual(
    [choice('auto'), choice('none'), choice('required'), choice({ name: 'get_time' })],
    [undefined, 'none', 'required', { type: 'function', function: { name: 'get_time' } }],
  );
});

test('an assistant message with calls and no text has no content', () => {
  const wire = { id: 'call_1', type: 'function', function: { name: 'get_time', arguments: '{"place":"Rome"}' } };
  assert.deepEqual(messagesOf([assistant({ text: '\n', toolCalls: [call] })]), [
    { role: 'assistant', tool_calls: [wire] },
  ]);
});

test('a tool result names its call', () => {
  assert.deepEqual(messagesOf([{ role: 'tool', callId: 'call_1', name: 'get_time', outcome: 'ok', text: '12:00' }]), [
    { role: 'tool', tool_call_id: 'call_1', content: '12:00' },
  ]);
});

test('ids are rewritten for Mistral, a call and its result alike', () => {
  const wire = messagesOf(
    [
      assistant({ toolCalls: [call, { ...call, id: 'aB3dE5gH7' }] }),
      { role: 'tool', callId: 'call_1', name: 'get_time', outcome: 'ok', text: '' },
    ],
    dialectFor({ hostname: 'api.mistral.ai', model: 'm' }),
  );
  assert.match(JSON.stringify(wire), /"id":"call00000".*"id":"aB3dE5gH7".*"tool_call_id":"call00000"/);
});

test('half a surrogate pair never leaves, not in a key either', () => {
  const wire = body({ messages: [{ role: 'user', text: 'a\ud83d' }], extraBody: { 'k\ud83d': ['\ude00'] } });
  assert.deepEqual([wire.messages, wire['k\ufffd']], [[{ role: 'user', content: 'a\ufffd' }], ['\ufffd']]);
});

test('fields given by hand come last and win', () => {
  const wire = body({
    sampling: { temperature: 1, stop: ['x'] },
    extraBody: { temperature: 0, model: 'other', x: null },
  });
  assert.deepEqual([wire.temperature, wire.model, wire.x, Object.keys(wire)[0]], [0, 'other', null, 'model']);
});

test('sampling goes under the names servers know; OpenAI has its own for the token limit', () => {
  const sampling = { temperature: 0, maxTokens: 5, topP: 0.5, topK: 3, seed: 1, stop: ['x'] };
  const { model: _, messages: __, stream: ___, stream_options: ____, ...rest } = body({ sampling });
  assert.deepEqual(rest, { temperature: 0, max_tokens: 5, top_p: 0.5, top_k: 3, seed: 1, stop: ['x'] });
  assert.equal(body({ sampling }, dialectFor({ hostname: 'api.openai.com', model: 'm' })).max_completion_tokens, 5);
});

test('earlier reasoning goes back only to servers that want it', () => {
  const thinking = assistant({ text: 'x', reasoning: 'Hm.', replay: { reasoning_details: [1] } });
  const keys = (host: string, model = 'm') => {
    const [, message] = messagesOf(
      [{ role: 'user', text: 'Hi' }, thinking],
      dialectFor({ hostname: host, model }),
    ) as object[];
    return Object.keys(message ?? {}).slice(2);
  };
  assert.deepEqual(keys('localhost'), []);
  assert.deepEqual(keys('openrouter.ai'), ['reasoning_details']);
  assert.deepEqual(keys('api.deepseek.com', 'deepseek-v4'), ['reasoning_content']);
  assert.deepEqual(keys('api.deepseek.com', 'deepseek-reasoner'), []);
});

test('inside a tool loop older DeepSeek models get their reasoning back', () => {
  const wire = messagesOf(
    [
      assistant({ reasoning: 'old', toolCalls: [call] }),
      { role: 'user', text: 'Hi' },
      assistant({ reasoning: 'new', toolCalls: [call] }),
    ],
    dialectFor({ hostname: 'api.deepseek.com', model: 'deepseek-reasoner' }),
  );
  assert.equal(JSON.stringify(wire).match(/reasoning_content/g)?.length, 1);
  assert.match(JSON.stringify(wire), /"reasoning_content":"new"/);
});

test('a thought signature goes back with its call, to Gemini alone', () => {
  const signed = { ...call, replay: { extra_content: { google: { thought_signature: 's' } } } };
  const wire = (host: string) =>
    JSON.stringify(messagesOf([assistant({ toolCalls: [signed] })], dialectFor({ hostname: host, model: 'm' })));
  assert.match(wire('generativelanguage.googleapis.com'), /thought_signature/);
  assert.doesNotMatch(wire('localhost'), /thought_signature/);
});

test('a host called like a property of every object is any host', () => {
  assert.deepEqual(dialectFor({ hostname: 'constructor', model: 'm' }), anywhere);
});

test('an answer to go on with is marked as each server wants it, and sent plainly where there is no mark', () => {
  const messages: readonly Message[] = [{ role: 'user', text: 'Count' }, assistant({ text: 'one,' })];
  const asked = (server: 'vllm' | 'sglang' | 'mistral' | 'anthropic' | undefined) => {
    const { messages: sent, ...rest } = body({ messages }, dialectFor({ hostname: 'localhost', model: 'm', server }));
    const { model: _model, stream: _stream, stream_options: _options, ...marks } = rest;
    return { last: Array.isArray(sent) ? sent.at(-1) : undefined, ...marks };
  };
  const last = { role: 'assistant', content: 'one,' };
  assert.deepEqual(asked('vllm'), { last, continue_final_message: true, add_generation_prompt: false });
  assert.deepEqual(asked('sglang'), { last, continue_final_message: true });
  assert.deepEqual(asked('mistral'), { last: { ...last, prefix: true } });
  assert.deepEqual(asked('anthropic'), { last });
  assert.deepEqual(asked(undefined), { last });
});

test('hosted services are told to go on in their own words, DeepSeek only where it can be', () => {
  const continuing = (hostname: string, pathname: string) => dialectFor({ hostname, pathname, model: 'm' }).continuing;
  assert.deepEqual(continuing('api.moonshot.ai', '/v1'), { message: { partial: true } });
  assert.deepEqual(continuing('api.deepseek.com', '/beta'), { message: { prefix: true } });
  assert.equal(continuing('api.deepseek.com', '/v1'), undefined);
});
