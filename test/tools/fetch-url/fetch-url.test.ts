import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { JsonObject } from '../../../src/core/json.ts';
import { type FetchUrlOptions, fetchUrl } from '../../../src/tools/fetch-url/index.ts';
import { type FaultServer, type Handler, startServer } from '../../support/fault-server.ts';

async function start(t: TestContext, handler: Handler): Promise<FaultServer> {
  const server = await startServer(handler);
  t.after(() => server.close());
  return server;
}

/** The test's own servers are the only local ones that count as public. */
function read(url: string, args: JsonObject = {}, options: Partial<FetchUrlOptions> = {}): Promise<unknown> {
  const tool = fetchUrl({
    userAgent: 'banter-test',
    ownAddresses: () => [],
    isAllowed: (address) => address === '127.0.0.1',
    ...options,
  });
  return tool.run({ url, ...args }, { signal: new AbortController().signal });
}

function page(type: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type, ...headers }).end(body);
  };
}

test('a web page is its address, status, title and text', async (t) => {
  const server = await start(t, page('text/html; charset=utf-8', '<title>Hi &amp; 안녕</title><h1>One</h1><p>two'));
  assert.equal(await read(`${server.url}/a#b`), `${server.url}/a#b (200)\nTitle: Hi & 안녕\n\n# One\n\ntwo`);
  const [request] = server.requests;
  assert.equal(request?.headers['user-agent'], 'banter-test');
  assert.deepEqual([request?.headers.cookie, request?.headers.authorization], [undefined, undefined]);
});

test('text and JSON are taken as they are, and what is no text is refused by name', async (t) => {
  const server = await start(t, (request, response, index) => {
    const type = request.path.slice(1);
    page(type, type === '' ? Buffer.from([1, 0, 2]) : '{"a":"<b>"}\r\n')(request, response, index);
  });
  for (const type of ['text/plain', 'application/json', 'application/problem+json', 'text/csv', 'image/svg+xml']) {
    assert.equal(await read(`${server.url}/${type}`), `${server.url}/${type} (200)\n\n{"a":"<b>"}\n`);
  }
  for (const type of ['application/pdf', 'image/png', 'application/octet-stream', 'video/mp4']) {
    await assert.rejects(read(`${server.url}/${type}`), new RegExp(`is ${type}, which cannot be read as text`));
  }
  await assert.rejects(read(`${server.url}/`), /is no text/);
});

test('compressed pages are unpacked, and no more of them than fits', async (t) => {
  const bodies: Readonly<Record<string, Buffer>> = {
    gzip: gzipSync('packed'),
    deflate: deflateSync('packed'),
    br: brotliCompressSync('packed'),
    bomb: gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a')),
  };
  const server = await start(t, (request, response) => {
    const name = request.path.slice(1);
    const coding = name === 'bomb' ? 'gzip' : name;
    response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': coding }).end(bodies[name]);
  });
  for (const coding of ['gzip', 'deflate', 'br'])
    assert.match(String(await read(`${server.url}/${coding}`)), /\n\npacked$/);
  assert.match(String(await read(`${server.url}/bomb`)), /read only in part\]$/);
  await assert.rejects(read(`${server.url}/zstd`), /content-encoding "zstd" is not known/);
});

test('a long page is cut where the model asked, and an endless one is not read to its end', async (t) => {
  const server = await start(t, (request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    if (request.path === '/long') response.end('가'.repeat(1_000));
    const pour = (): void => {
      while (response.write('x'.repeat(64 * 1024)));
    };
    if (request.path === '/endless') response.on('drain', pour);
    if (request.path === '/endless') pour();
  });
  const long = String(await read(`${server.url}/long`, { max_chars: 300 }));
  assert.ok(long.endsWith(`\n\n${'가'.repeat(300)}\n[700 more characters left out]`));
  const endless = String(await read(`${server.url}/endless`));
  assert.match(endless, /\[2081152 more characters left out\]\n\[the page was too large and was read only in part\]$/);
});

test('a status that is no success is an error that says it', async (t) => {
  const server = await start(
    t,
    (request, response) => response.writeHead(Number(request.path.slice(1))).end('x') && undefined,
  );
  await assert.rejects(read(`${server.url}/404`), new RegExp(`^Error: ${server.url}/404 answered 404 Not Found$`));
  await assert.rejects(read(`${server.url}/500`), /answered 500 Internal Server Error/);
  await assert.rejects(read(`${server.url}/304`), /answered 304 Not Modified/);
});

test('redirects are followed five times, each checked like the first address', async (t) => {
  const server = await start(t, (request, response) => {
    const [, step = '', target] = /^\/(\d+|to)(?:\?(.*))?$/.exec(request.path) ?? [];
    const left = Number(step);
    if (left === 0) response.writeHead(200, { 'content-type': 'text/plain' }).end('there');
    else
      response.writeHead(302, { location: target === undefined ? `/${left - 1}` : decodeURIComponent(target) }).end();
  });
  assert.equal(await read(`${server.url}/5`), `${server.url}/0 (200)\n\nthere`);
  await assert.rejects(read(`${server.url}/6`), /redirected more than 5 times/);

  const to = (target: string): Promise<unknown> => read(`${server.url}/to?${encodeURIComponent(target)}`);
  await assert.rejects(
    to('http://169.254.169.254/latest/meta-data/'),
    /169\.254\.169\.254\) *; only public|\(169\.254\.169\.254\)/,
  );
  await assert.rejects(to('http://2852039166/'), /\(169\.254\.169\.254\)/);
  await assert.rejects(to('http://[::ffff:127.0.0.1]/'), /\(::ffff:7f00:1\)/);
  await assert.rejects(to('file:///etc/passwd'), /redirects to a file: URL: only http and https are fetched$/);
  await assert.rejects(read('file:///etc/passwd'), /^Error: a file: URL: only http and https are fetched$/);
  await assert.rejects(read('ftp://host.test/x'), /^Error: ftp:\/\/host\.test: only http and https are fetched$/);
  await assert.rejects(to('http://user:pass@127.0.0.1:9999/'), /user name or password/);
  await assert.rejects(to('http://127.0.0.1:22/'), /port 22 is not for web pages/);
  await assert.rejects(to('http://['), /is no URL/);
});

test('by itself only the public internet is allowed, by address and by name', async (t) => {
  const server = await start(t, page('text/plain', 'secret'));
  const guarded = (url: string): Promise<unknown> =>
    fetchUrl({ userAgent: 'x', ownAddresses: () => [] }).run({ url }, { signal: new AbortController().signal });
  const { port } = server;
  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
    'localhost',
    'LOCALHOST.',
    '[::1]',
  ]) {
    await assert.rejects(guarded(`http://${host}:${port}/`), /is not in the public internet|could not be read/, host);
  }
  for (const host of ['[::ffff:127.0.0.1]', '[64:ff9b::7f00:1]', '0', '10.0.0.1', '192.168.0.1', '[fd00::1]']) {
    await assert.rejects(guarded(`http://${host}:${port}/`), /is not in the public internet/, host);
  }
  await assert.rejects(guarded('http://[fe80::1%25eth0]/'), /is no URL/);
  assert.equal(server.requests.length, 0);
});

test('the address that is connected to is the one that was checked', async (t) => {
  const server = await start(t, page('text/plain', 'once'));
  const checked: string[] = [];
  const isAllowed = (address: string): boolean => checked.push(address) > 0;
  await read(`http://localhost:${server.port}/`, {}, { isAllowed });
  assert.ok(checked.includes('127.0.0.1'));
  assert.equal(checked.length, new Set(checked).size, 'each address is looked at once: the name is resolved once');
});

test('an address of this machine is refused although it is public', async (t) => {
  const server = await start(t, page('text/plain', 'behind the firewall'));
  await assert.rejects(read(server.url, {}, { ownAddresses: () => ['127.0.0.1'] }), /is not in the public internet/);
});

test('what is no URL of a web page is refused before anything is asked', async () => {
  await assert.rejects(read('not a url'), /"not a url" is no URL/);
  await assert.rejects(read('ftp://127.0.0.1/'), /only http and https/);
  await assert.rejects(read('http://a:b@127.0.0.1/'), /user name or password/);
  await assert.rejects(read('http://127.0.0.1:25/'), /port 25/);
});

test('a call that is stopped ends while the page is still on its way', async (t) => {
  const stop = new AbortController();
  const server = await start(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('begun', () => stop.abort(new Error('stopped by the person')));
  });
  const tool = fetchUrl({ userAgent: 'x', ownAddresses: () => [], isAllowed: () => true });
  await assert.rejects(tool.run({ url: server.url }, { signal: stop.signal }), /stopped by the person/);
});

test('a connection that breaks, is refused or leads nowhere is told in a sentence', async (t) => {
  const server = await start(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  await assert.rejects(read(server.url), new RegExp(`^Error: ${server.url} could not be read: aborted`));
  const gone = await startServer(() => {});
  await gone.close();
  await assert.rejects(read(gone.url), /could not be read: connect ECONNREFUSED/);
});

test('over TLS the certificate has to be trusted, and a redirect must not leave TLS', async (t) => {
  const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
  const server = createServer({ cert: fixture('localhost.pem'), key: fixture('server.key') }, (request, response) => {
    if (request.url === '/out') response.writeHead(302, { location: 'http://localhost:9/' }).end();
    else response.writeHead(200, { 'content-type': 'text/plain' }).end('over TLS');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const url = `https://localhost:${address.port}`;
  const { createSecureContext } = await import('node:tls');
  const options = {
    isAllowed: () => true,
    secureContext: createSecureContext({ ca: fixture('authority.pem') }),
  };
  assert.match(String(await read(`${url}/`, {}, options)), /over TLS$/);
  await assert.rejects(read(`${url}/out`, {}, options), /a redirect from https to http is not followed/);
  await assert.rejects(read(`${url}/`, {}, { isAllowed: () => true }), /could not be read: .*certificate/);
});
