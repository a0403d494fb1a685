import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extractError } from '../../src/wire/extract-error.ts';

describe('every shape of error body gives one line and the machine words in it', () => {
  const shapes: readonly (readonly [who: string, body: string, expected: object])[] = [
    [
      'OpenAI',
      '{"error":{"message":"Unsupported parameter","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}}',
      {
        said: 'Unsupported parameter',
        type: 'invalid_request_error',
        code: 'unsupported_parameter',
        parameter: 'max_tokens',
      },
    ],
    [
      'Ollama, with nulls',
      '{"error":{"message":"model \\"x\\" not found","type":"not_found_error","param":null,"code":null}}',
      { said: 'model "x" not found', type: 'not_found_error' },
    ],
    [
      'llama.cpp, the code a number',
      '{"error":{"code":400,"message":"too many tokens","type":"exceed_context_size_error","n_ctx":8}}',
      { said: 'too many tokens', type: 'exceed_context_size_error', code: '400' },
    ],
    ['TGI', '{"error":"Input is empty","error_type":"validation"}', { said: 'Input is empty', type: 'validation' }],
    ['Xinference in a stream', '{"error":"out of memory"}', { said: 'out of memory' }],
    ['Hugging Face, a list', '{"error":["Error in `a`","Error in `b`"]}', { said: 'Error in `a`; Error in `b`' }],
    [
      'Hugging Face, loading',
      '{"error":"Model x is currently loading","estimated_time":44.5}',
      { said: 'Model x is currently loading', retryAfterMs: 44_500 },
    ],
    [
      'vLLM, older',
      '{"object":"error","message":"bad","type":"BadRequestError","param":null,"code":400}',
      { said: 'bad', type: 'BadRequestError', code: '400' },
    ],
    [
      'Mistral, an object for the message',
      '{"object":"error","message":{"detail":[{"loc":["body","n"],"msg":"too large"}]},"type":"invalid_request_error"}',
      { said: 'body.n: too large', type: 'invalid_request_error' },
    ],
    ['FastAPI, text', '{"detail":"Not Found"}', { said: 'Not Found' }],
    [
      'FastAPI, validation',
      '{"detail":[{"loc":["body","messages",0],"msg":"field required","type":"missing"}]}',
      { said: 'body.messages.0: field required' },
    ],
    ['a gateway', '{"message":"no Route matched"}', { said: 'no Route matched' }],
    ['Cloudflare', '{"success":false,"errors":[{"code":7003,"message":"no such route"}]}', { said: 'no such route' }],
    [
      'Gemini, a list with the wait among its details',
      '[{"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[{},{"retryDelay":"37s"}]}}]',
      { said: 'quota', type: 'RESOURCE_EXHAUSTED', code: '429', retryAfterMs: 37_000 },
    ],
    [
      'OpenRouter, passing on what its provider said',
      '{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"overloaded\\"}}"}}}',
      { said: 'Provider returned error: overloaded', code: '502' },
    ],
    ['an error beside choices', '{"error":{"message":"died"},"choices":[{}]}', { said: 'died' }],
    ['an object of its own kind', '{"error":{"reason":"x"}}', { said: '{"reason":"x"}' }],
    ['text', 'Internal Server Error: worker\n died', { said: 'Internal Server Error: worker died' }],
    ['a JSON string', '"Unauthorized"', { said: 'Unauthorized' }],
    [
      'a web page',
      '<!DOCTYPE html><html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>',
      { said: '502 Bad Gateway' },
    ],
    [
      'a web page without a title',
      '<html><style>p{}</style><body><h1>Not&nbsp;found</h1></body></html>',
      { said: 'Not&nbsp;found' },
    ],
  ];
  for (const [who, body, expected] of shapes) {
    test(who, () => assert.deepEqual(extractError(body), expected));
  }
});

test('what reports no error gives nothing', () => {
  for (const body of [
    '',
    '  \n',
    '{}',
    '[]',
    'null',
    '7',
    '{"id":"x","object":"chat.completion.chunk","choices":[]}',
    '{"error":null,"choices":[{"delta":{"content":"a"}}]}',
    '{"choices":[],"message":"hello"}',
    '{"message":{"role":"assistant","content":"hello"},"done":false}',
    '{"model":"m","created_at":"now","done":true}',
  ]) {
    assert.equal(extractError(body), undefined, body);
  }
});

test('a parsed body is taken as well', () => {
  assert.deepEqual(extractError({ error: 'no' }), { said: 'no' });
});

test('a wait is read out of the words', () => {
  const waits: readonly (readonly [string, number | undefined])[] = [
    ['Rate limit reached. Please try again in 5.2s. Visit', 5200],
    ['Please try again in 20ms.', 20],
    ['Please try again in 6m0s.', 360_000],
    ['try again in 1 minute 3 seconds', 63_000],
    ['Please retry after 10 seconds', 10_000],
    ['(cached, retry after 10.0s)', 10_000],
    ['try again in a while', undefined],
    ['please try again', undefined],
  ];
  for (const [words, waitMs] of waits) assert.equal(extractError(words)?.retryAfterMs, waitMs, words);
});

test('long words are cut to 300 characters on one line, never inside a character', () => {
  const said = extractError({ error: `${'a'.repeat(298)}😀${'b'.repeat(500)}` })?.said ?? '';
  assert.equal(said.length, 300);
  assert.ok(said.isWellFormed());
});
