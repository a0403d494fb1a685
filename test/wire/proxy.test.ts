import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { networkFrom } from '../../src/wire/network.ts';
import { sse, startServer } from '../support/fault-server.ts';
import { ask, reasonOf } from './ask.ts';
import { startProxy } from './proxy-server.ts';
import { startRawServer } from './raw-server.ts';
import { authority, startTlsServer } from './tls-server.ts';

/** As `--proxy` and `--ca-cert` would set it. */
const through = (port: number, userinfo = '') => {
  const network = networkFrom({}, { proxy: `${userinfo}127.0.0.1:${port}`, ca: authority });
  return network === undefined ? {} : { network };
};

test('an http server is asked by the whole URL, with the credentials for the proxy alone', async (t) => {
  const server = await startServer((_request, response) => sse(response, ['data: ok']));
  t.after(server.close);
  const proxy = await startProxy();
  t.after(proxy.close);
  const { data } = await ask(`http://no-such-host.invalid:${server.port}`, through(proxy.port, 'na%40me:pa:ss@'));
  assert.deepEqual(data, ['ok']);
  assert.deepEqual(proxy.asked, [`POST http://no-such-host.invalid:${server.port}/v1/chat/completions`]);
  assert.deepEqual(proxy.credentials, [`Basic ${Buffer.from('na@me:pa:ss').toString('base64')}`]);
  const { headers, body } = server.requests[0] ?? assert.fail('not asked');
  assert.deepEqual([headers.host, body], [`no-such-host.invalid:${server.port}`, '{"stream":true}']);
});

test('an https server is asked through a tunnel, and its certificate is checked by its own name', async (t) => {
  const server = await startTlsServer('localhost');
  t.after(server.close);
  const proxy = await startProxy();
  t.after(proxy.close);
  for (const host of ['localhost', '127.0.0.1']) {
    const { data } = await ask(`https://${host}:${server.port}`, through(proxy.port));
    assert.deepEqual(data, ['ok /v1/chat/completions'], host);
  }
  assert.deepEqual(proxy.asked, [`CONNECT localhost:${server.port}`, `CONNECT 127.0.0.1:${server.port}`]);
  const { fault } = await ask(`https://no-such-host.invalid:${server.port}`, through(proxy.port));
  assert.equal(reasonOf(fault), 'network tls');
});

test('a proxy that wants a password says so, for either scheme, and is not asked again', async (t) => {
  const proxy = await startProxy('407 Proxy Authentication Required');
  t.after(proxy.close);
  for (const scheme of ['http', 'https']) {
    const { error, fault } = await ask(`${scheme}://far.example`, { ...through(proxy.port), limits: { retries: 3 } });
    assert.equal(fault?.kind === 'server' && fault.status, 407);
    assert.match(error?.message ?? '', /the proxy wants a name and a password/);
  }
  assert.equal(proxy.asked.length, 2);
});

test('a proxy that refuses a tunnel, is down, or is none, is named as the one that failed', async (t) => {
  const blocking = await startProxy('502 Bad Gateway');
  t.after(blocking.close);
  const { error } = await ask('https://far.example', through(blocking.port));
  const place = `http://127.0.0.1:${blocking.port}`;
  assert.equal(error?.message, `${place} answered 502: Bad Gateway (the proxy on the way to https://far.example)`);

  const gone = await startRawServer(() => {});
  await gone.close();
  for (const scheme of ['http', 'https']) {
    const down = await ask(`${scheme}://far.example`, { ...through(gone.port), limits: { retries: 3 } });
    assert.equal(reasonOf(down.fault), 'network refused');
    assert.match(down.error?.message ?? '', new RegExp(`^${gone.url} .*the proxy on the way to ${scheme}://far`));
  }

  const mail = await startRawServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
  t.after(mail.close);
  const wrong = await ask('https://far.example', through(mail.port));
  assert.match(wrong.error?.message ?? '', /its answer is not HTTP.*\(the proxy on the way/);
});

test('a proxy that never answers is given up in time, and at once by an abort', { timeout: 10_000 }, async (t) => {
  const silent = await startRawServer(() => {});
  t.after(silent.close);
  const slow = await ask('https://far.example', { ...through(silent.port), limits: { connectMs: 50 } });
  assert.equal(reasonOf(slow.fault), 'network connect-timeout');
  assert.match(slow.error?.message ?? '', /by way of the proxy http:\/\/127/);

  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const stopped = await ask('https://far.example', { ...through(silent.port), signal: controller.signal });
  assert.equal(stopped.fault?.kind, 'aborted');
  assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
});
