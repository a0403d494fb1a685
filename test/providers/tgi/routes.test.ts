import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateUrl, infoUrl, isModelUrl, modelInUrl } from '../../../src/providers/tgi/routes.ts';

const request = { messages: [], tools: [], toolChoice: 'auto', sampling: {}, extraBody: {} } as const;
const ask = (base: string, model?: string) => generateUrl(new URL(base), { ...request, model, stream: true }).href;

test('the routes are found from the root, from /v1 and from a route itself', () => {
  for (const end of ['', '/', '/v1', '/v1/', '/generate', '/generate_stream', '/v1/chat/completions']) {
    assert.equal(ask(`http://h:8080${end}`), 'http://h:8080/generate_stream', end);
    assert.equal(infoUrl(new URL(`http://h:8080${end}`)).href, 'http://h:8080/info', end);
  }
  assert.equal(ask('http://h/tgi/v1?key=1'), 'http://h/tgi/generate_stream?key=1');
  const whole = generateUrl(new URL('http://h'), { ...request, model: undefined, stream: false });
  assert.equal(whole.href, 'http://h/generate');
});

test('a hosted model is asked at its own URL', () => {
  const models = 'https://api-inference.huggingface.co/models';
  assert.equal(ask(`${models}/org/model`, 'org/other'), `${models}/org/model`);
  assert.equal(ask(models, 'org/model'), `${models}/org/model`);
  assert.equal(ask('https://x.endpoints.huggingface.cloud'), 'https://x.endpoints.huggingface.cloud/');
  assert.equal(modelInUrl(new URL(`${models}/org/model`)), 'org/model');
  assert.equal(modelInUrl(new URL('http://h/v1')), undefined);
});

test('a version segment says that it is no hosted model', () => {
  for (const base of ['https://x.endpoints.huggingface.cloud/v1', 'https://h/models/m/v1', 'http://localhost:8080']) {
    assert.equal(isModelUrl(new URL(base)), false, base);
  }
});
