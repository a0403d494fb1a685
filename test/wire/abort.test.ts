import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { wait } from '../../src/wire/abort.ts';
import { openStream } from '../../src/wire/open-stream.ts';
import { type Handler, sendJson, startServer, startSse } from '../support/fault-server.ts';
import { ask, requestTo } from './ask.ts';

const stalls: Readonly<Record<string, Handler>> = {
  'before the headers': () => {},
  'after the headers': (_request, response) => startSse(response),
  'between two events': (_request, response) => {
    startSse(response);
    response.write('data: one\n\n');
  },
  'inside an error body': (_request, response) => {
    response.writeHead(500).write('{"err');
  },
  'inside a compressed body': (_request, response) => {
    startSse(response, { 'content-encoding': 'gzip' });
    response.write(Buffer.from([0x1f, 0x8b, 8]));
  },
  'in the wait before a retry': (_request, response) => sendJson(response, {}, 503, { 'retry-after': '50' }),
};

for (const [when, handler] of Object.entries(stalls)) {
  test(`an abort ${when} ends the request and closes its connection`, { timeout: 10_000 }, async (t) => {
    const controller = new AbortController();
    const server = await startServer((request, response, index) => {
      setTimeout(() => controller.abort(), 30);
      return handler(request, response, index);
    });
    t.after(server.close);
    const { fault } = await ask(server.url, { signal: controller.signal, limits: { retries: 3 } });
    assert.equal(fault?.kind, 'aborted');
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    assert.equal(server.requests.length, 1);
    while ((await server.connectionCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });
}

test('a signal that has already fired sends nothing', async (t) => {
  const server = await startServer(() => {});
  t.after(server.close);
  assert.equal((await ask(server.url, { signal: AbortSignal.abort() })).fault?.kind, 'aborted');
  await assert.rejects(wait(1000, AbortSignal.abort()), { name: 'ChatError' });
  assert.equal(server.requests.length, 0);
});

test('a loop that is left early closes the connection', { timeout: 10_000 }, async (t) => {
  const server = await startServer((_request, response) => {
    startSse(response);
    response.write('data: one\n\ndata: two\n\n');
  });
  t.after(server.close);
  const { signal } = new AbortController();
  for await (const received of openStream(requestTo(server.url, { signal }))) if (received.type === 'event') break;
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  while ((await server.connectionCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('two hundred aborted streams leave no socket, timer or listener behind', { timeout: 20_000 }, async (t) => {
  const server = await startServer((_request, response) => {
    startSse(response);
    response.write('data: one\n\n');
  });
  t.after(server.close);
  const resources = () =>
    process.getActiveResourcesInfo().filter((name) => /^(TCPSocketWrap|Timeout)$/.test(name)).length;
  const before = resources();
  for (let count = 0; count < 200; count++) {
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const received of openStream(requestTo(server.url, { signal: controller.signal }))) {
        if (received.type === 'event') controller.abort();
      }
    }, /^ChatError: stopped$/);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  }
  // The server's ends of them close a moment later, as its own timers do.
  while ((await server.connectionCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(resources() <= before + 1, process.getActiveResourcesInfo().join(' '));
});
