/** S78-S90: proxies, certificates, addresses. Those of a proxy or an authority go through the wire itself. */

import assert from 'node:assert/strict';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { networkFrom, networkNotices } from '../../src/wire/index.ts';
import { toNetworkError } from '../../src/wire/network-error.ts';
import { sse, startServer } from '../support/fault-server.ts';
import { runBanter } from '../support/run-banter.ts';
import { ask, reasonOf } from '../wire/ask.ts';
import { startProxy } from '../wire/proxy-server.ts';
import { eventStreamHead, startRawServer } from '../wire/raw-server.ts';
import { authorityPath, startTlsServer, trustingTests } from '../wire/tls-server.ts';
import { type Case, chat, frames, hello, key, makeProvider } from './chat.ts';

const withNetwork = (environment: Record<string, string>, flags = {}) => {
  const network = networkFrom(environment, flags);
  return network === undefined ? {} : { network };
};

const far = (port: number) => `http://far.invalid:${port}`;

export const networkCases: readonly Case[] = [
  {
    id: 'S78',
    title: 'the proxy of HTTP_PROXY, HTTPS_PROXY or ALL_PROXY, in either case, is used',
    async run(t) {
      const server = await startServer(frames('data: ok'));
      const proxy = await startProxy();
      t.after(server.close);
      t.after(proxy.close);
      const secure = await startTlsServer('localhost');
      t.after(secure.close);
      const variables = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'HTTPS_PROXY', 'https_proxy'];
      for (const variable of variables) {
        const network = withNetwork({ [variable]: `http://127.0.0.1:${proxy.port}` });
        if (/^https/i.test(variable)) await ask(`https://far.invalid:${secure.port}`, network);
        else assert.deepEqual((await ask(far(server.port), network)).data, ['ok'], variable);
      }
      assert.deepEqual(
        proxy.asked.map((line) => line.split(' ')[0]),
        ['POST', 'POST', 'POST', 'POST', 'CONNECT', 'CONNECT'],
      );
    },
  },
  {
    id: 'S79',
    title: 'what NO_PROXY lists is asked directly: host, suffix, port, range, everything',
    async run() {
      const lists = ['api.far.example', '.far.example', 'api.far.example:8080', '*', '10.0.0.0/8'];
      for (const list of lists) {
        const network = networkFrom({ ALL_PROXY: 'http://p:1', NO_PROXY: list }, {});
        const url = list.includes('/') ? 'http://10.9.8.7' : 'http://api.far.example:8080';
        assert.equal(network?.proxyFor(new URL(url)), undefined, list);
        const proxied = list === '*' ? undefined : 'http://p:1/';
        assert.equal(network?.proxyFor(new URL('http://elsewhere.example'))?.href, proxied, list);
      }
    },
  },
  {
    id: 'S80',
    title: 'a proxy without a scheme',
    async run(t) {
      const server = await startServer(frames('data: ok'));
      const proxy = await startProxy();
      t.after(server.close);
      t.after(proxy.close);
      const network = withNetwork({ http_proxy: `127.0.0.1:${proxy.port}` });
      assert.deepEqual((await ask(far(server.port), network)).data, ['ok']);
      assert.equal(proxy.asked.length, 1);
    },
  },
  {
    id: 'S81',
    title: 'a proxy that wants a password says so',
    async run(t) {
      const proxy = await startProxy('407 Proxy Authentication Required');
      t.after(proxy.close);
      for (const scheme of ['http', 'https']) {
        const { error } = await ask(`${scheme}://far.invalid`, withNetwork({ ALL_PROXY: `127.0.0.1:${proxy.port}` }));
        assert.match(error?.message ?? '', /407.*the proxy wants a name and a password/);
      }
    },
  },
  {
    id: 'S82',
    title: 'a proxy that is down is named as the one that failed',
    async run() {
      const gone = await startRawServer(() => {});
      await gone.close();
      const { error, fault } = await ask('https://far.invalid', withNetwork({ ALL_PROXY: gone.url }));
      assert.equal(reasonOf(fault), 'network refused');
      assert.match(error?.message ?? '', new RegExp(`^${gone.url} refused.*the proxy on the way to https://far`));
    },
  },
  {
    id: 'S83',
    title: 'this machine is not asked through a proxy unless --proxy names it',
    async run(t) {
      const server = await startServer(frames('data: ok'));
      const proxy = await startProxy();
      t.after(server.close);
      t.after(proxy.close);
      const text = `127.0.0.1:${proxy.port}`;
      for (const host of ['localhost', '127.0.0.1']) {
        const url = `http://${host}:${server.port}`;
        assert.deepEqual((await ask(url, withNetwork({ ALL_PROXY: text }))).data, ['ok']);
      }
      assert.equal(proxy.asked.length, 0);
      assert.deepEqual((await ask(server.url, withNetwork({}, { proxy: text }))).data, ['ok']);
      assert.equal(proxy.asked.length, 1);
    },
  },
  {
    id: 'S84',
    title: 'an authority of ones own, from --ca-cert and from NODE_EXTRA_CA_CERTS',
    async run(t) {
      const server = await startTlsServer('localhost', (_request, response) => sse(response, hello));
      t.after(server.close);
      assert.equal((await ask(server.url, trustingTests)).error, undefined);
      const env = { OPENAI_BASE_URL: `${server.url}/v1`, NODE_EXTRA_CA_CERTS: authorityPath };
      assert.deepEqual(await runBanter(['-m', 'm', 'hi'], { env }), { code: 0, stdout: 'Hello 안녕\n', stderr: '' });
    },
  },
  {
    id: 'S85',
    title: 'expired, for another host, self-signed: refused in plain words',
    async run(t) {
      const says = { expired: /has expired/, 'other-host': /for another host name/, 'self-signed': /is self-signed/ };
      for (const [certificate, words] of Object.entries(says)) {
        // The keys of an object literal are its literal names.
        const server = await startTlsServer(certificate as keyof typeof says);
        t.after(server.close);
        const { error, fault } = await ask(server.url, trustingTests);
        assert.equal(reasonOf(fault), 'network tls');
        assert.match(error?.message ?? '', words);
      }
    },
  },
  {
    id: 'S86',
    title: 'NODE_TLS_REJECT_UNAUTHORIZED=0 is warned of',
    async run() {
      assert.equal(networkNotices({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })[0]?.code, 'tls-unchecked');
    },
  },
  {
    id: 'S87',
    title: 'a server that closes its connection after each answer is not noticed',
    async run(t) {
      const server = await startRawServer((socket) => {
        socket.write(`${eventStreamHead('keep-alive: timeout=5')}${hello.join('\n\n')}\n\n`, () =>
          socket.destroySoon(),
        );
      });
      t.after(server.close);
      for (let turn = 0; turn < 5; turn++) {
        const got = await chat(server.url, { limits: { retries: 0 } });
        assert.deepEqual([got.text, got.failure], ['Hello 안녕', '']);
      }
    },
  },
  {
    id: 'S88',
    title: 'a host whose other address does not answer is reached',
    async run(t) {
      // Listens on 127.0.0.1 alone; localhost is ::1 as well where the machine has IPv6.
      const server = await startServer(frames(...hello));
      t.after(server.close);
      assert.equal((await chat(`http://localhost:${server.port}/v1`)).text, 'Hello 안녕');
    },
  },
  {
    id: 'S89',
    title: 'no such name, a closed port and no route are one line each',
    async run() {
      const closed = await startRawServer(() => {});
      await closed.close();
      assert.equal((await chat(closed.url)).failure, 'network refused');
      // Without a network a resolver may take longer than anyone wants to wait for.
      const nameless = await chat('http://no-such-host.invalid/v1', { limits: { connectMs: 4000 } });
      assert.match(nameless.failure, /^network (?:dns|connect-timeout)$/);
      const noRoute = toNetworkError(Object.assign(new Error(), { code: 'ENETUNREACH' }), 'http://h').message;
      for (const message of [nameless.message, noRoute]) assert.equal(message.split('\n').length, 1);
    },
  },
  {
    id: 'S90',
    title: 'base URLs with and without /v1, slash, query and userinfo lead to the same place',
    async run(t) {
      const server = await startServer(frames(...hello));
      t.after(server.close);
      const secret = 'hunter2-hunter2';
      const bases = ['', '/', '/v1', '/v1/', '/v1/chat/completions', '/v1?api-version=1'].map(
        (end) => server.url + end,
      );
      for (const base of [...bases, `http://name:${secret}@127.0.0.1:${server.port}/v1`]) {
        const got = await chat(base);
        assert.equal(got.text, 'Hello 안녕', base);
        assert.match(server.requests.at(-1)?.path ?? '', /^\/v1\/chat\/completions(?:\?api-version=1)?$/);
        const provider = await makeProvider(base);
        assert.equal(provider.target, server.url);
      }
      const gone = await startRawServer(() => {});
      await gone.close();
      const got = await chat(`http://name:${secret}@127.0.0.1:${gone.port}/v1`);
      assert.ok(!JSON.stringify(got).includes(secret) && !JSON.stringify(got).includes(key));
    },
  },
  {
    id: 'S99',
    title: 'HTTP/1.0 is understood, a server that speaks only HTTP/2 is named as such',
    async run(t) {
      const old = await startRawServer((socket) => {
        socket.end(`HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${hello.join('\n\n')}\n\n`);
      });
      t.after(old.close);
      assert.equal((await chat(old.url)).text, 'Hello 안녕');
      const modern = http2.createServer();
      await new Promise<void>((resolve) => modern.listen(0, '127.0.0.1', resolve));
      t.after(() => modern.close());
      // A server that listens on TCP has an AddressInfo.
      const { port } = modern.address() as AddressInfo;
      assert.match((await chat(`http://127.0.0.1:${port}`)).message, /its answer is not HTTP\/1|closed the connection/);
    },
  },
];
