import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchJson } from '../../src/wire/fetch-json.ts';
import { type Handler, sendJson, sse, startServer } from '../support/fault-server.ts';
import { ask, reasonOf, requestTo } from './ask.ts';

/** Sends everyone from the first path on to `location`, and answers anything else. */
function movedTo(status: number, location: string): Handler {
  return (request, response) => {
    if (request.path === '/v1/chat/completions') response.writeHead(status, { location }).end();
    else if (request.method === 'GET') sendJson(response, ['here']);
    else sse(response, ['data: here']);
  };
}

test('a POST follows 307 and 308 on its own server, with its body and key', async (t) => {
  for (const status of [307, 308]) {
    const server = await startServer(movedTo(status, '/elsewhere'));
    t.after(server.close);
    assert.deepEqual((await ask(server.url)).data, ['here']);
    const { method, path, body, headers } = server.requests[1] ?? assert.fail('not followed');
    assert.deepEqual(
      [method, path, body, headers.authorization],
      ['POST', '/elsewhere', '{"stream":true}', 'Bearer a-key-of-this-test'],
    );
  }
});

test('a POST does not follow a redirect that would make a GET of it', async (t) => {
  for (const status of [301, 302, 303]) {
    const server = await startServer(movedTo(status, '/elsewhere'));
    t.after(server.close);
    const { fault, error } = await ask(server.url);
    assert.equal(reasonOf(fault), 'network redirect');
    assert.match(error?.message ?? '', new RegExp(`${status} to ${server.url}/elsewhere`));
    assert.equal(server.requests.length, 1);
  }
});

test('a GET follows all of them on its own server', async (t) => {
  for (const status of [301, 302, 303, 307, 308]) {
    const server = await startServer(movedTo(status, 'elsewhere'));
    t.after(server.close);
    const { body: _, ...request } = requestTo(server.url, { method: 'GET' });
    assert.deepEqual(await fetchJson(request), ['here']);
  }
});

test('nothing is ever sent to another server, another port or another scheme', async (t) => {
  const other = await startServer((_request, response) => sse(response, ['data: thank you']));
  t.after(other.close);
  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ['GET', 'POST'] as const) {
      const server = await startServer(movedTo(status, `${other.url}/v1/chat/completions?token=abc`));
      t.after(server.close);
      const { fault, error } = await ask(server.url, { method, headers: { 'x-api-key': 'a-key-of-this-test' } });
      assert.equal(reasonOf(fault), 'network redirect');
      assert.match(error?.message ?? '', new RegExp(`${status} to ${other.url}/v1/chat/completions \\(`));
    }
  }
  assert.equal(other.requests.length, 0);

  const scheme = await startServer((request, response) => {
    response.writeHead(308, { location: `https://${request.headers.host}/` }).end();
  });
  t.after(scheme.close);
  assert.equal(reasonOf((await ask(scheme.url)).fault), 'network redirect');
});

test('a redirect that leads to itself ends after five', async (t) => {
  const server = await startServer(movedTo(307, '/v1/chat/completions'));
  t.after(server.close);
  const { error } = await ask(server.url);
  assert.match(error?.message ?? '', /more than 5 redirects/);
  assert.equal(server.requests.length, 6);
});

test('a redirect to nowhere is an answer with an error status, or refused', async (t) => {
  const without = await startServer((_request, response) => void response.writeHead(307).end('gone'));
  t.after(without.close);
  assert.match((await ask(without.url)).error?.message ?? '', /answered 307: gone/);
  const broken = await startServer(movedTo(307, 'http://'));
  t.after(broken.close);
  assert.equal(reasonOf((await ask(broken.url)).fault), 'network redirect');
});
