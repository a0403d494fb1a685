import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { openStream } from '../../src/wire/open-stream.ts';
import { startServer, startSse } from '../support/fault-server.ts';
import { ask, reasonOf, requestTo } from './ask.ts';
import { eventStreamHead, startRawServer } from './raw-server.ts';

const coders: Readonly<Record<string, () => zlib.Gzip | zlib.Deflate | zlib.BrotliCompress>> = {
  gzip: () => zlib.createGzip(),
  deflate: () => zlib.createDeflate(),
  br: () => zlib.createBrotliCompress(),
};

for (const [encoding, createCoder] of Object.entries(coders)) {
  test(`an event compressed with ${encoding} is there as soon as the server has flushed it`, async (t) => {
    let held: ServerResponse | undefined;
    const coder = createCoder();
    const server = await startServer((_request, response) => {
      held = response;
      startSse(response, { 'content-encoding': encoding });
      coder.pipe(response);
      coder.write('data: first\n\n');
      coder.flush();
    });
    t.after(server.close);
    const seen: string[] = [];
    for await (const received of openStream(requestTo(server.url))) {
      if (received.type !== 'event') continue;
      seen.push(received.data);
      // The second is only written once the first was read, so nothing but flushing can have brought it.
      if (seen.length === 1) coder.end('data: second\n\n');
    }
    assert.deepEqual(seen, ['first', 'second']);
    assert.ok(held?.writableFinished);
  });

  test(`a ${encoding} body that ends early is cut, though the response ended cleanly`, async (t) => {
    const coder = createCoder();
    coder.end(`data: first\n\ndata: ${'x'.repeat(500)}${Math.PI}\n\n`);
    const whole = Buffer.concat(await coder.toArray());
    const server = await startServer((_request, response) => {
      startSse(response, { 'content-encoding': encoding });
      response.end(whole.subarray(0, whole.length - 3));
    });
    t.after(server.close);
    assert.equal(reasonOf((await ask(server.url)).fault), 'stream cut');
  });
}

test('a body that is not compressed as it says is refused, and none of it comes out', async (t) => {
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd']) {
    const server = await startServer((_request, response) => {
      startSse(response, { 'content-encoding': encoding });
      response.end('data: plain\n\n'.repeat(10));
    });
    t.after(server.close);
    const { fault, data } = await ask(server.url);
    assert.deepEqual([reasonOf(fault), data], ['stream malformed', []], encoding);
  }
});

test('a compressed error body is read', async (t) => {
  const server = await startServer((_request, response) => {
    response.writeHead(400, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(zlib.gzipSync('{"error":"no such thing"}'));
  });
  t.after(server.close);
  assert.match((await ask(server.url)).error?.message ?? '', /answered 400: no such thing/);
});

test('a connection lost inside a compressed body is cut as well', async (t) => {
  const bytes = zlib.gzipSync('data: first\n\n', { finishFlush: zlib.constants.Z_SYNC_FLUSH });
  const server = await startRawServer((socket) => {
    socket.write(eventStreamHead('content-encoding: gzip', 'content-length: 5000'));
    socket.end(bytes);
  });
  t.after(server.close);
  const { data, fault } = await ask(server.url);
  assert.deepEqual([data, reasonOf(fault)], [['first'], 'stream cut']);
});
