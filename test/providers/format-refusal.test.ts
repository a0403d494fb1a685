import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError, isChatError, type ServerFault } from '../../src/core/error.ts';
import type { ChatRequest } from '../../src/core/provider.ts';
import type { SchemaMode } from '../../src/core/response-format.ts';
import { isFormatRefusal, markFormatRefusal } from '../../src/providers/format-refusal.ts';

type Words = Partial<Pick<ServerFault, 'type' | 'code' | 'parameter'>>;
const fault = (status: number, said: string, more: Words = {}): ServerFault => ({
  kind: 'server',
  target: 'http://server.test',
  status,
  said,
  ...more,
});

const refusals: readonly (readonly [string, SchemaMode, ServerFault])[] = [
  [
    'OpenAI, strict',
    'native',
    fault(400, "Invalid schema for response_format 'person': In context=(), 'required' has to list every key.", {
      type: 'invalid_request_error',
      parameter: 'response_format',
    }),
  ],
  ['OpenAI, code alone', 'native', fault(400, 'Not accepted.', { code: 'invalid_json_schema' })],
  [
    'OpenAI, an older model',
    'native',
    fault(400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."),
  ],
  [
    'OpenAI, json_object',
    'json',
    fault(400, "'messages' must contain the word 'json' to use 'response_format'.", { parameter: 'messages' }),
  ],
  ['LM Studio', 'json', fault(400, "'response_format.type' must be 'json_schema' or 'text'")],
  ['LM Studio, choice', 'tool', fault(400, "Invalid tool_choice type: 'object'. Supported string values: none, auto")],
  [
    'TGI, shape',
    'native',
    fault(422, 'Failed to deserialize the JSON body into the target type: response_format: missing field `value`'),
  ],
  ['TGI, no field named', 'grammar', fault(422, 'Failed to deserialize the JSON body into the target type')],
  ['TGI, switched off', 'grammar', fault(422, 'Input validation error: grammar is not supported')],
  ['TGI, beside tools', 'grammar', fault(422, 'Tool error: Grammar and tools are mutually exclusive')],
  [
    'vLLM, pydantic',
    'grammar',
    fault(400, "[{'type': 'value_error', 'loc': ('body', 'structured_outputs'), 'msg': 'only one may be given'}]"),
  ],
  ['vLLM, engine', 'native', fault(400, 'The provided JSON schema contains features not supported by xgrammar.')],
  ['Mistral', 'native', fault(422, 'body.response_format.type: Input should be text or json_object')],
  ['Groq', 'native', fault(400, 'This model does not support response format `json_schema`.')],
  [
    'Groq, twice',
    'native',
    fault(400, 'Failed to generate JSON. Please adjust your prompt.', { code: 'json_validate_failed' }),
  ],
  ['DeepSeek', 'json', fault(400, 'This response_format type is unavailable now')],
  ['DeepSeek, thinking', 'tool', fault(400, 'Thinking mode does not support this tool_choice')],
  ['Anthropic, thinking', 'tool', fault(400, 'Thinking may not be enabled when tool_choice forces tool use.')],
  ['Gemini', 'native', fault(400, `Invalid JSON payload received. Unknown name "additionalProperties" at 'schema'`)],
  [
    'Gemini, tools',
    'json',
    fault(400, "Function calling with a response mime type: 'application/json' is unsupported"),
  ],
  ['Ollama', 'tool', fault(400, '"m" does not support tools')],
  ['llama.cpp', 'grammar', fault(400, 'Failed to parse grammar')],
  ['OpenRouter', 'native', fault(404, 'No endpoints found that can handle the requested parameters.')],
  ['a crash over a schema', 'native', fault(500, 'Compiling the regex of the schema failed')],
  ['not built', 'grammar', fault(501, 'Not here')],
  ['nothing', 'native', fault(400, '')],
  ['nothing usable', 'native', fault(400, 'Bad Request')],
  ['nothing usable', 'json', fault(422, 'Unprocessable Entity')],
  ['a gateway', 'native', fault(400, 'Provider returned error')],
];

const others: readonly (readonly [string, SchemaMode, ServerFault])[] = [
  [
    'too long, OpenAI',
    'native',
    fault(400, "This model's maximum context length is 8192 tokens. However, the messages and the schema have 9000.", {
      code: 'context_length_exceeded',
    }),
  ],
  ['too long, functions', 'tool', fault(400, 'maximum context length is 8192 tokens (9000 in the functions)')],
  ['too long, TGI', 'grammar', fault(422, '`inputs` tokens + `max_new_tokens` must be <= 512. Given: 600')],
  ['too long, llama.cpp', 'native', fault(400, 'request (9000 tokens) exceeds the available context size (8192)')],
  ['no such model', 'native', fault(404, 'The model `json_schema-test` does not exist', { code: 'model_not_found' })],
  ['no key', 'native', fault(400, 'API key not valid. Please pass a valid API key.')],
  ['an image', 'native', fault(400, 'image input is not supported by this model')],
  ['another field', 'native', fault(400, "Unsupported parameter: 'seed'", { parameter: 'seed' })],
  [
    'another field, TGI',
    'grammar',
    fault(422, 'Failed to deserialize the JSON body into the target type: stop: invalid type: string'),
  ],
  [
    'the conversation',
    'tool',
    fault(400, "messages with role 'tool' must follow a preceding message with 'tool_calls'"),
  ],
  ['tools, where none are sent', 'native', fault(400, 'Conversation roles must alternate user/assistant')],
  ['money', 'native', fault(400, 'Insufficient balance for structured outputs')],
  ['a filter', 'native', fault(400, 'The response was flagged; see the content policy for response_format')],
  ['trouble', 'native', fault(500, 'Internal Server Error')],
  ['a busy server', 'native', fault(503, 'response_format queue is full')],
  ['a wrong value', 'native', fault(400, '`temperature` must be strictly positive')],
];

test('a refusal of the format is told from every other one', () => {
  for (const [who, mode, refusal] of refusals)
    assert.equal(isFormatRefusal(refusal, mode), true, `${who}: ${refusal.said}`);
  for (const [who, mode, refusal] of others)
    assert.equal(isFormatRefusal(refusal, mode), false, `${who}: ${refusal.said}`);
});

const asked: ChatRequest = {
  model: 'm',
  messages: [],
  tools: [],
  toolChoice: 'auto',
  sampling: {},
  extraBody: {},
  stream: true,
  format: { kind: 'json-schema', mode: 'native', name: 'x', schema: true, strict: false },
};

function aboutOf(error: unknown, request: ChatRequest): string | undefined {
  const marked = markFormatRefusal(error, request);
  return isChatError(marked) && marked.fault.kind === 'server' ? marked.fault.about : undefined;
}

test('the mark stands beside what the server said, and only where a weaker way is left to take', () => {
  const error = new ChatError(fault(400, 'response_format: no', { parameter: 'response_format' }));
  const marked = markFormatRefusal(error, asked);
  assert.deepEqual(isChatError(marked) && marked.fault, { ...error.fault, about: 'format' });
  assert.equal(String(marked), String(error));
  const { format: _, ...free } = asked;
  assert.equal(aboutOf(error, free), undefined);
  const inWords = { kind: 'regex', mode: 'prompt', pattern: 'x' } as const;
  assert.equal(aboutOf(error, { ...asked, format: inWords }), undefined);
});

test('a format that was given by hand is the person’s to mend, and other errors stay what they are', () => {
  const error = new ChatError(fault(400, 'response_format: no'));
  assert.equal(aboutOf(error, { ...asked, extraBody: { response_format: {} } }), undefined);
  const bug = new TypeError('response_format');
  assert.equal(markFormatRefusal(bug, asked), bug);
  const cut = new ChatError({ kind: 'stream', target: 'x', reason: 'cut', said: 'response_format' });
  assert.equal(markFormatRefusal(cut, asked), cut);
});
