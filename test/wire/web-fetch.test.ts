import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isChatError } from '../../src/core/error.ts';
import { webFetch } from '../../src/wire/index.ts';
import { startServer, startSse } from '../support/fault-server.ts';

const fetch = webFetch(undefined);

test('a request goes out as fetch would send it, and its answer comes back as it is', async (t) => {
  const server = await startServer((_request, response) => {
    response.writeHead(404, { 'content-type': 'text/plain', 'x-seen': 'yes', 'content-encoding': 'gzip' });
    response.end(gzipSync('없어요'));
  });
  t.after(server.close);
  const headers = new Headers({ Accept: 'text/plain', 'x-key': 'k' });
  const response = await fetch(`${server.url}/a?b`, { method: 'POST', headers, body: '{"a":"한"}' });
  assert.deepEqual([response.status, response.ok, response.headers.get('x-seen')], [404, false, 'yes']);
  assert.equal(await response.text(), '없어요');
  const { path, method, headers: sent, body } = server.requests[0] ?? assert.fail('not asked');
  assert.deepEqual([path, method, body], ['/a?b', 'POST', '{"a":"한"}']);
  assert.deepEqual([sent.accept, sent['x-key'], sent['content-type']], ['text/plain', 'k', 'application/json']);
});

test('a redirect and an answer without a body are answers', async (t) => {
  const server = await startServer(({ method }, response) => {
    response.writeHead(method === 'DELETE' ? 204 : 307, { location: 'http://elsewhere.test/' }).end();
  });
  t.after(server.close);
  assert.equal((await fetch(server.url, { method: 'DELETE' })).body, null);
  const response = await fetch(new URL(server.url), { redirect: 'manual' });
  assert.deepEqual([response.status, response.headers.get('location')], [307, 'http://elsewhere.test/']);
  assert.equal(await response.text(), '');
});

test('a body arrives while it is being sent, and its connection is dropped by who wants no more', async (t) => {
  let onClose = (): void => {};
  const closed = new Promise<void>((resolve) => {
    onClose = resolve;
  });
  const server = await startServer((_request, response) => {
    response.once('close', onClose);
    startSse(response);
    response.write('data: 1\n\n');
  });
  t.after(server.close);
  const reader = (await fetch(server.url)).body?.getReader() ?? assert.fail('no body');
  assert.equal(new TextDecoder().decode((await reader.read()).value), 'data: 1\n\n');
  const next = reader.read();
  await reader.cancel();
  assert.equal((await next).done, true);
  await closed;
});

test('an abort ends the request or its body with the reason of the signal', async (t) => {
  const server = await startServer(({ path }, response) => {
    if (path === '/silent') return;
    startSse(response);
    response.write('data: 1\n\n');
  });
  t.after(server.close);
  const stop = new AbortController();
  const silent = fetch(`${server.url}/silent`, { signal: stop.signal });
  const { body } = await fetch(`${server.url}/stream`, { signal: stop.signal });
  const reader = body?.getReader() ?? assert.fail('no body');
  await reader.read();
  stop.abort(new Error('enough'));
  await assert.rejects(silent, /^Error: enough$/);
  await assert.rejects(reader.read(), (error) => isChatError(error, 'aborted'));
  await assert.rejects(fetch(server.url, { signal: stop.signal }), /^Error: enough$/);
});

test('what cannot be reached is named', async () => {
  const server = await startServer(() => {});
  await server.close();
  await assert.rejects(fetch(server.url), (error) => isChatError(error, 'network'));
});
