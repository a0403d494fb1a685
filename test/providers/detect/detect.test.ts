import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { after, test } from 'node:test';
import { isChatError } from '../../../src/core/error.ts';
import { type DetectedServer, detectServer } from '../../../src/providers/detect/index.ts';
import { fetchJson, probeLimits } from '../../../src/wire/index.ts';
import { sendJson, startServer } from '../../support/fault-server.ts';
import { routesOf, startModelServer } from '../../support/model-servers.ts';

function detect(baseUrl: string, signal = new AbortController().signal): Promise<DetectedServer> {
  const ask = (url: URL, stop: AbortSignal) =>
    fetchJson({ method: 'GET', url, headers: {}, secrets: [], limits: probeLimits, signal: stop });
  return detectServer({ baseUrl, ask, signal });
}

const expected: Record<keyof typeof routesOf, Omit<DetectedServer, 'baseUrl' | 'needsKey' | 'models'>> = {
  tgi: { server: 'tgi', kind: 'openai', version: '3.3.6', contextWindow: 8192 },
  xinference: { server: 'xinference', kind: 'xinference', version: '1.9.0' },
  ollama: { server: 'ollama', kind: 'openai', version: '0.20.4' },
  'llama.cpp': { server: 'llama.cpp', kind: 'openai', version: 'b6000-abc', contextWindow: 4096 },
  vllm: { server: 'vllm', kind: 'openai', version: '0.11.0' },
  sglang: { server: 'sglang', kind: 'openai' },
  lmstudio: { server: 'lmstudio', kind: 'openai' },
  litellm: { server: 'litellm', kind: 'openai', version: '1.80.0' },
};

for (const [name, routes] of Object.entries(routesOf)) {
  test(`${name} is known by its own routes, with or without /v1, and its chat models are listed`, async () => {
    const server = await startModelServer(routes);
    for (const given of [server.url, `${server.url}/v1`, `${server.url}/v1/`, `${server.url}/v1/chat/completions`]) {
      const { models, ...found } = await detect(given);
      // The keys of the table are those of routesOf.
      const facts = expected[name as keyof typeof routesOf];
      assert.deepEqual(found, { ...facts, baseUrl: `${server.url}/v1`, needsKey: false }, given);
      assert.equal(models.length, 1);
    }
  });
}

test('a list of models alone tells TGI, Xinference, Ollama, llama.cpp, vLLM and SGLang apart', async () => {
  for (const name of ['tgi', 'xinference', 'ollama', 'llama.cpp', 'vllm', 'sglang'] as const) {
    const server = await startModelServer({ '/v1/models': routesOf[name]['/v1/models'] });
    assert.equal((await detect(server.url)).server, name);
  }
});

test('a TGI from before its chat routes is spoken to in its own protocol', async () => {
  const old = await startModelServer({ '/info': { router: 'text-generation-router', version: '1.3.4' } });
  assert.equal((await detect(old.url)).kind, 'tgi');
});

test('a server below a path is asked below that path', async () => {
  const server = await startModelServer({ '/llm/api/version': { version: '1' }, '/llm/v1/models': { data: null } });
  const found = await detect(`${server.url}/llm`);
  assert.deepEqual([found.server, found.baseUrl, found.models], ['ollama', `${server.url}/llm/v1`, []]);
});

test('an endpoint without a version segment is taken at its word', async () => {
  const server = await startModelServer({ '/models': { data: [{ id: 'm' }] } });
  const found = await detect(`${server.url}/chat/completions`);
  assert.deepEqual([found.baseUrl, found.models], [`${server.url}/chat/completions`, [{ id: 'm' }]]);
});

test('the query of a base URL stays and its password goes', async () => {
  const server = await startModelServer({ '/v1/models?api-version=1': { data: [{ id: 'm' }] } });
  const found = await detect(`${server.url.replace('//', '//me:secret@')}/v1?api-version=1`);
  assert.deepEqual([found.baseUrl, found.models], [`${server.url}/v1?api-version=1`, [{ id: 'm' }]]);
});

test('a server that answers every path alike is of no known kind', async () => {
  const bodies: readonly unknown[] = [{}, { version: 1 }, [], 'ok', null, { data: 'x', models: 3 }, { auth: 'no' }];
  for (const body of bodies) {
    const server = await startServer((_request, response) => sendJson(response, body));
    after(() => server.close());
    const { server: name, kind, models } = await detect(server.url);
    assert.deepEqual([name, kind, models], [undefined, 'openai', []], JSON.stringify(body));
  }
});

test('pages, errors and a 401 are answers: something is there, and wants a key', async () => {
  for (const [status, needsKey] of [
    [401, true],
    [403, true],
    [500, false],
    [404, false],
  ] as const) {
    const server = await startServer((_request, response) => void response.writeHead(status).end('<html>'));
    after(() => server.close());
    const found = await detect(server.url);
    assert.deepEqual([found.server, found.needsKey, found.models], [undefined, needsKey, []]);
  }
});

test('where nothing listens it is a network error', async () => {
  await assert.rejects(detect('http://127.0.0.1:9'), (error) => isChatError(error, 'network'));
  await assert.rejects(detect('not a url'), (error) => isChatError(error, 'usage'));
});

test('a server that accepts and says nothing is left when the signal says so', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  after(() => silent.close());
  const address = silent.address();
  assert.ok(typeof address === 'object' && address !== null);
  const found = detect(`http://127.0.0.1:${address.port}`, AbortSignal.timeout(50));
  await assert.rejects(found, (error) => isChatError(error, 'aborted'));
});

test('a hosted service is known by its host, and asked for nothing but its models', async () => {
  const asked: string[] = [];
  for (const [baseUrl, server, kind] of [
    ['https://api.groq.com/openai/v1', 'groq', 'openai'],
    ['https://router.huggingface.co/v1', 'hf-router', 'hf'],
  ] as const) {
    const found = await detectServer({
      baseUrl,
      ask: async (url) => {
        asked.push(url.href);
        return { data: [{ id: 'm' }] };
      },
      signal: new AbortController().signal,
    });
    assert.deepEqual([found.server, found.kind, found.baseUrl], [server, kind, baseUrl]);
  }
  assert.deepEqual(asked, ['https://api.groq.com/openai/v1/models', 'https://router.huggingface.co/v1/models']);
});

test('nothing listens on the signal of a detection once it has ended', async () => {
  const { signal } = new AbortController();
  await detectServer({ baseUrl: 'http://127.0.0.1:8080', ask: async () => ({ data: [] }), signal });
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});
