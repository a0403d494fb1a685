/** What goes wrong between a server over HTTP and us. */

import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { isJsonObject, type Json, parseJson } from '../../../src/core/json.ts';
import { networkFrom, webFetch } from '../../../src/wire/index.ts';
import {
  type FaultServer,
  type RecordedRequest,
  sendJson,
  sse,
  startServer,
  startSse,
} from '../../support/fault-server.ts';
import { startProxy } from '../../wire/proxy-server.ts';
import { authority, startTlsServer } from '../../wire/tls-server.ts';
import { connect } from './connect.ts';

type OnCall = (request: RecordedRequest, response: ServerResponse, id: Json) => void;

/** A server with a session and one tool, whose calls and whose GET the test answers. */
async function start(t: TestContext, onCall: OnCall, onGet?: OnCall): Promise<FaultServer> {
  const server = await startServer((request, response) => {
    const message = parseJson(request.body);
    if (!isJsonObject(message)) {
      if (request.method === 'GET' && request.headers['last-event-id'] !== undefined) onGet?.(request, response, null);
      else response.writeHead(405).end();
      return;
    }
    const { id = null, params } = message;
    const answer = (result: Json) =>
      sendJson(response, { jsonrpc: '2.0', id, result }, 200, { 'mcp-session-id': 'one' });
    if (message.method === 'initialize') {
      const protocolVersion = isJsonObject(params) ? params.protocolVersion : '';
      answer({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'h', version: '1' } });
    } else if (message.method === 'tools/list') {
      answer({ tools: [{ name: 'go', inputSchema: { type: 'object' } }] });
    } else if (message.method === 'tools/call') {
      onCall(request, response, id);
    } else {
      response.writeHead(202).end();
    }
  });
  // One test has closed it by then.
  t.after(() => server.close().catch(() => undefined));
  return server;
}

const result = (id: Json, text: string): Json => ({
  jsonrpc: '2.0',
  id,
  result: { content: [{ type: 'text', text }] },
});

test('headers of the configuration go with every request', async (t) => {
  const server = await start(t, (_request, response, id) => sendJson(response, result(id, 'went')));
  const { call } = await connect(t, { h: { url: server.url, headers: { authorization: 'Bearer tok-1' } } });
  assert.equal(await call('h__go'), 'went');
  assert.ok(server.requests.length >= 4);
  for (const { headers } of server.requests) assert.equal(headers.authorization, 'Bearer tok-1');
});

test('a server is asked by way of the proxy, and its certificate is checked by --ca-cert', async (t) => {
  const server = await start(t, (_request, response, id) => sendJson(response, result(id, 'went')));
  const proxy = await startProxy();
  t.after(() => proxy.close());
  const { port } = new URL(server.url);
  const config = { h: { url: `http://no-such-host.invalid:${port}/mcp` } };
  const network = networkFrom({}, { proxy: `http://127.0.0.1:${proxy.port}` });
  const { call, problems } = await connect(t, config, { fetch: webFetch(network) });
  assert.deepEqual(problems, []);
  assert.equal(await call('h__go'), 'went');
  assert.equal(proxy.asked[0], `POST http://no-such-host.invalid:${port}/mcp`);
  assert.equal(server.requests.length, proxy.asked.length);

  const secured = await startTlsServer('localhost', (_request, response) => sendJson(response, {}, 418));
  t.after(() => secured.close());
  const trusting = webFetch(networkFrom({}, { ca: authority }));
  const trusted = await connect(t, { h: { url: secured.url } }, { fetch: trusting });
  assert.match(trusted.problems.join(), /^MCP server "h" answered 418/);
  const untrusted = await connect(t, { h: { url: secured.url } });
  assert.match(untrusted.problems.join(), /^MCP server "h" could not be reached: https:.* could not be trusted/);
});

test('a stream that ends without the answer fails the call, and the next one is made anew', async (t) => {
  let calls = 0;
  const server = await start(t, (_request, response, id) => {
    if (calls++ === 0) sse(response, [': nothing to say']);
    else sse(response, [`data: ${JSON.stringify(result(id, 'better'))}`]);
  });
  const { call } = await connect(t, { h: { url: server.url } });
  await assert.rejects(call('h__go'), /^Error: MCP server "h" .*the connection broke off before the answer/);
  assert.equal(await call('h__go'), 'better');
});

test('a stream that breaks fails the call', async (t) => {
  const server = await start(t, (_request, response) => {
    startSse(response);
    response.write(': begun\n\n', () => response.destroy());
  });
  const { call } = await connect(t, { h: { url: server.url } });
  await assert.rejects(call('h__go'), /the connection broke off before the answer/);
});

test('a stream that may be taken up again is, and its answer counts', async (t) => {
  let callId: Json = null;
  const server = await start(
    t,
    (_request, response, id) => {
      callId = id;
      sse(response, ['id: 7\nretry: 10\ndata:']);
    },
    (request, response) => {
      assert.equal(request.headers['last-event-id'], '7');
      sse(response, [`id: 8\ndata: ${JSON.stringify(result(callId, 'late but there'))}`]);
    },
  );
  const { call } = await connect(t, { h: { url: server.url } });
  assert.equal(await call('h__go'), 'late but there');
});

test('a stream that cannot be taken up again fails the call', async (t) => {
  const server = await start(
    t,
    (_request, response) => sse(response, ['id: 7\nretry: 10\ndata:']),
    (_request, response) => response.writeHead(500).end(),
  );
  const { call } = await connect(t, { h: { url: server.url } });
  await assert.rejects(call('h__go'), /the connection broke off before the answer/);
});

test('a session that the server forgot is begun again, and the call goes through', async (t) => {
  let calls = 0;
  const server = await start(t, (_request, response, id) => {
    if (calls++ === 0) sendJson(response, { error: 'no session' }, 404);
    else sendJson(response, result(id, 'in the new one'));
  });
  const { call } = await connect(t, { h: { url: server.url } });
  assert.equal(await call('h__go'), 'in the new one');
});

test('an error in the protocol is one of the call, and the session goes on', async (t) => {
  const server = await start(t, (_request, response, id) =>
    sendJson(response, { jsonrpc: '2.0', id, error: { code: -32000, message: 'the index is being built' } }),
  );
  const { call } = await connect(t, { h: { url: server.url } });
  await assert.rejects(call('h__go'), /the index is being built/);
  await assert.rejects(call('h__go'), /the index is being built/);
  assert.equal(server.requests.filter(({ body }) => body.includes('"initialize"')).length, 1);
});

test('servers that cannot be reached, want a sign-in or fail are named with their reason', async (t) => {
  const statuses = [401, 500];
  const servers = await Promise.all(
    statuses.map((status) => startServer((_request, response) => sendJson(response, { error: 'sorry' }, status))),
  );
  t.after(() => Promise.all(servers.map((server) => server.close())));
  const gone = await startServer(() => {});
  await gone.close();
  const { problems } = await connect(t, {
    private: { url: servers[0]?.url ?? '' },
    broken: { url: servers[1]?.url ?? '' },
    gone: { url: gone.url },
  });
  assert.match(
    problems.toSorted().join('\n'),
    new RegExp(
      [
        '^MCP server "broken" answered 500: .*sorry.*',
        'MCP server "gone" could not be reached: http://127.0.0.1:\\d+ refused the connection.*',
        'MCP server "private" wants a sign-in \\(401\\); put its token under "headers"$',
      ].join('\n'),
    ),
  );
});

test('a server that accepts and stays silent costs its budget', async (t) => {
  const server = await startServer(() => {});
  t.after(() => server.close());
  const { problems } = await connect(t, { silent: { url: server.url, startupTimeoutSec: 0.2 } });
  assert.deepEqual(problems, ['MCP server "silent" did not answer within 0.2 s']);
});

test('a server that goes away in the middle of a call fails it', async (t) => {
  const server = await start(t, (_request, response) => {
    startSse(response);
    response.write('id: 1\ndata:\n\n', () => void server.close());
  });
  const { call } = await connect(t, { h: { url: server.url } });
  await assert.rejects(call('h__go'), /the connection broke off before the answer/);
});
