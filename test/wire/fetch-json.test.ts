import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { fetchJson } from '../../src/wire/fetch-json.ts';
import { sendJson, sse, startServer } from '../support/fault-server.ts';
import { requestTo } from './ask.ts';

const get = (url: string) => {
  const { body: _, ...request } = requestTo(url, { method: 'GET' });
  return request;
};

test('the JSON of a GET comes back parsed, null and false as well', async (t) => {
  for (const value of [{ data: [{ id: 'm' }] }, null, false]) {
    const server = await startServer((_request, response) => sendJson(response, value));
    t.after(server.close);
    assert.deepEqual(await fetchJson(get(server.url)), value);
    const { method, headers, body } = server.requests[0] ?? assert.fail('not asked');
    assert.deepEqual(
      [method, headers.accept, headers['content-type'], body],
      ['GET', 'application/json', undefined, ''],
    );
  }
});

test('an event stream, a page and a refusal are errors', async (t) => {
  const stream = await startServer((_request, response) => sse(response, ['data: {}']));
  t.after(stream.close);
  await assert.rejects(fetchJson(get(stream.url)), (error) => isChatError(error, 'stream'));
  const page = await startServer((_request, response) => void response.end('Ollama is running'));
  t.after(page.close);
  await assert.rejects(fetchJson(get(page.url)), /no content type, "Ollama is running"/);
  const refusal = await startServer((_request, response) => sendJson(response, { detail: 'no' }, 404));
  t.after(refusal.close);
  await assert.rejects(fetchJson(get(refusal.url)), (error) => isChatError(error, 'server'));
});
