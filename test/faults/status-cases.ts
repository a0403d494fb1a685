/** S59-S77: statuses, waits, content codings, redirects. */

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import zlib from 'node:zlib';
import { type Handler, sendJson, sse, startServer, startSse } from '../support/fault-server.ts';
import { ask, reasonOf } from '../wire/ask.ts';
import { startTlsServer, trustingTests } from '../wire/tls-server.ts';
import { type Case, type ChatOptions, chat, chatWith, hello, key, say, stop } from './chat.ts';

type Headers = Readonly<Record<string, string>>;

/** Refuses this often, then answers. */
const refuse =
  (times: number, status: number, headers: Headers = {}, body: unknown = { error: 'busy' }): Handler =>
  (_request, response, index) =>
    index < times ? sendJson(response, body, status, headers) : sse(response, hello);

const retries = { limits: { retries: 3 } } satisfies ChatOptions;

/** A case in which the wait that follows a 429 is told, and not sat through. */
function waitCase(id: string, title: string, headers: () => Headers, told: RegExp): Case {
  return {
    id,
    title,
    async run(t) {
      const handler: Handler = (_request, response) => sendJson(response, { error: 'busy' }, 429, headers());
      const got = await chatWith(t, handler, { ...retries, stopAtNotice: true });
      assert.match(got.notices[0] ?? '', told);
      assert.deepEqual([got.failure, got.server.requests.length], ['aborted', 1]);
    },
  };
}

function codingCase(
  id: string,
  encoding: string,
  createCoder: () => zlib.Gzip | zlib.BrotliCompress | zlib.Deflate,
): Case {
  return {
    id,
    title: `a stream compressed with ${encoding} arrives as it is flushed`,
    async run(t) {
      const coder = createCoder();
      const handler: Handler = (_request, response) => {
        startSse(response, { 'content-encoding': encoding });
        coder.pipe(response);
        coder.write(`${say('live')}\n\n`);
        coder.flush();
      };
      // The rest is only written once the beginning has been read.
      const onText = () => coder.end(`${stop}\n\n`);
      const got = await chatWith(t, handler, { onText });
      assert.deepEqual([got.text, got.failure], ['live', '']);
    },
  };
}

/** Redirects to `location(server)` until the path is /moved. */
async function redirected(t: TestContext, status: number, location: (url: string) => string) {
  const server = await startServer((request, response) => {
    if (request.path === '/moved') return sse(response, hello);
    response.writeHead(status, { location: location(server.url) }).end();
  });
  t.after(server.close);
  return { ...(await chat(`${server.url}/v1`, { profile: { headers: { 'X-Api-Key': key } } })), server };
}

export const statusCases: readonly Case[] = [
  waitCase('S59', 'Retry-After in seconds', () => ({ 'retry-after': '2' }), /trying again in 2 s/),
  waitCase(
    'S60',
    'Retry-After as a date',
    () => ({ date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }),
    /trying again in 7 s/,
  ),
  waitCase('S61', 'retry-after-ms', () => ({ 'retry-after-ms': '1500' }), /trying again in 1\.5 s/),
  {
    id: 'S62',
    title: 'two weeks are not waited for but told',
    async run(t) {
      const got = await chatWith(t, refuse(9, 429, { 'retry-after': '1209600' }), retries);
      assert.deepEqual([got.failure, got.server.requests.length, got.notices], ['server 429', 1, []]);
      assert.match(got.message, /it asks to wait 14 days/);
    },
  },
  {
    id: 'S63',
    title: 'a negative or senseless Retry-After is a wait of our own',
    async run(t) {
      for (const text of ['-5', 'soon', '1e9']) {
        const got = await chatWith(t, refuse(9, 429, { 'retry-after': text }), { ...retries, stopAtNotice: true });
        assert.match(got.notices[0] ?? '', /trying again in 0\.[45] s/, text);
      }
    },
  },
  {
    id: 'S64',
    title: '503 twice, then the answer',
    async run(t) {
      const got = await chatWith(t, refuse(2, 503, { 'retry-after-ms': '1' }), retries);
      assert.deepEqual([got.text, got.notices.length, got.server.requests.length], ['Hello 안녕', 2, 3]);
    },
  },
  {
    id: 'S65',
    title: '500 for ever is given up after the retries, and before a minute of waiting',
    async run(t) {
      const often = await chatWith(t, refuse(99, 500, { 'retry-after-ms': '1' }), retries);
      assert.deepEqual([often.failure, often.server.requests.length], ['server 500', 4]);
      const long = await chatWith(t, refuse(99, 500, { 'retry-after': '61' }), { limits: { retries: 99 } });
      assert.deepEqual([long.failure, long.server.requests.length], ['server 500', 1]);
    },
  },
  {
    id: 'S66',
    title: '401, 403, 404, 400 and 422 are told at once, without the key',
    async run(t) {
      for (const status of [401, 403, 404, 400, 422]) {
        const handler = refuse(99, status, {}, { error: { message: `no, ${key}` } });
        const got = await chatWith(t, handler, retries);
        assert.match(got.failure, new RegExp(`^(?:auth|server) ${status}$`));
        assert.equal(got.server.requests.length, 1, String(status));
        assert.match(got.message, /no, \[key\]/);
        assert.ok(!JSON.stringify(got.fault).includes(key));
      }
    },
  },
  {
    id: 'S67',
    title: '408, 409, 425 and 529 are asked again',
    async run(t) {
      for (const status of [408, 409, 425, 529]) {
        const got = await chatWith(t, refuse(1, status, { 'retry-after-ms': '1' }), retries);
        assert.deepEqual([got.text, got.notices.length], ['Hello 안녕', 1], String(status));
      }
    },
  },
  {
    id: 'S68',
    title: '413 and a full context come with what to do',
    async run(t) {
      const full = { error: { message: 'too many', code: 'context_length_exceeded' } };
      for (const [status, body] of [
        [413, {}],
        [400, full],
      ] as const) {
        const got = await chatWith(t, refuse(99, status, {}, body), retries);
        assert.match(got.message, /too long for it: shorten it or start a new one/);
        assert.equal(got.server.requests.length, 1);
      }
    },
  },
  codingCase('S69', 'gzip', () => zlib.createGzip()),
  codingCase('S70', 'br', () => zlib.createBrotliCompress()),
  codingCase('S71', 'deflate', () => zlib.createDeflate()),
  {
    id: 'S72',
    title: 'gzip without its end is no whole answer, though the response ended cleanly',
    async run(t) {
      const whole = zlib.gzipSync(`${say('a')}\n\n${say(Math.PI.toString().repeat(50))}\n\n`);
      const got = await chatWith(t, (_request, response) => {
        startSse(response, { 'content-encoding': 'gzip' });
        response.end(whole.subarray(0, -6));
      });
      assert.equal(got.failure, 'stream cut');
    },
  },
  {
    id: 'S73',
    title: 'a wrong content-encoding is an error, and none of the bytes come out',
    async run(t) {
      for (const encoding of ['gzip', 'br', 'zstd']) {
        const got = await chatWith(t, (_request, response) => {
          startSse(response, { 'content-encoding': encoding });
          response.end(hello.join('\n\n'));
        });
        assert.deepEqual([got.text, got.failure], ['', 'stream malformed'], encoding);
      }
    },
  },
  {
    id: 'S74',
    title: 'redirects to the same origin: 307 and 308 are followed with the body, the others would lose it',
    async run(t) {
      for (const status of [307, 308]) {
        const got = await redirected(t, status, () => '/moved');
        assert.equal(got.text, 'Hello 안녕', String(status));
        const [first, second] = got.server.requests;
        assert.deepEqual([second?.method, second?.body], ['POST', first?.body]);
      }
      for (const status of [301, 302, 303]) {
        assert.equal((await redirected(t, status, () => '/moved')).failure, 'network redirect', String(status));
      }
    },
  },
  {
    id: 'S75',
    title: 'a redirect to another origin sends nothing there, under any header name',
    async run(t) {
      const other = await startServer((_request, response) => sse(response, hello));
      t.after(other.close);
      for (const status of [301, 302, 303, 307, 308]) {
        const got = await redirected(t, status, () => `${other.url}/moved`);
        assert.equal(got.failure, 'network redirect', String(status));
      }
      assert.equal(other.requests.length, 0);
    },
  },
  {
    id: 'S76',
    title: 'a redirect from https to http is refused',
    async run(t) {
      const other = await startServer((_request, response) => sse(response, hello));
      t.after(other.close);
      const server = await startTlsServer('localhost', (_request, response) => {
        response.writeHead(307, { location: other.url }).end();
      });
      t.after(server.close);
      assert.equal(reasonOf((await ask(server.url, trustingTests)).fault), 'network redirect');
      assert.equal(other.requests.length, 0);
    },
  },
  {
    id: 'S77',
    title: 'redirects in a circle end',
    async run(t) {
      const got = await redirected(t, 307, (url) => `${url}/v1/again`);
      assert.equal(got.failure, 'network redirect');
      assert.match(got.message, /more than 5 redirects/);
    },
  },
];
