import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStream } from '../../src/wire/open-stream.ts';
import { type Handler, sendJson, sse, startServer, startSse } from '../support/fault-server.ts';
import { ask, reasonOf, requestTo } from './ask.ts';
import { eventStreamHead, startRawServer } from './raw-server.ts';

const retries = { limits: { retries: 3 } };

/** Fails the first requests like this, with a wait too short to notice, then streams. */
function failFirst(times: number, status: number, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_request, response, index) => {
    if (index < times) sendJson(response, { error: 'busy' }, status, { 'retry-after-ms': '1', ...headers });
    else sse(response, ['data: ok']);
  };
}

test('the request is sent whole, on a connection of its own', async (t) => {
  const server = await startServer((_request, response) => sse(response, ['data: ok']));
  t.after(server.close);
  assert.deepEqual((await ask(server.url, { body: '{"text":"안녕 😀 \ud83d"}' })).data, ['ok']);
  const { method, path, headers, body } = server.requests[0] ?? assert.fail('not asked');
  assert.deepEqual([method, path, body], ['POST', '/v1/chat/completions', '{"text":"안녕 😀 \uFFFD"}']);
  assert.equal(headers.connection, 'close');
  assert.equal(headers['content-type'], 'application/json');
  assert.equal(headers['content-length'], String(Buffer.byteLength(body)));
  assert.equal(headers.accept, 'text/event-stream, application/json');
  assert.equal(headers.authorization, 'Bearer a-key-of-this-test');
});

test('a header that cannot be sent is refused unsent and unprinted', async (t) => {
  const server = await startServer((_request, response) => sse(response, ['data: ok']));
  t.after(server.close);
  for (const value of ['Bearer hunter\r\nx: y', 'Bearer hunter\n', 'Bearer hunter\u2026', 'Bearer 비밀 hunter']) {
    const { error, fault } = await ask(server.url, { headers: { authorization: value } });
    assert.equal(fault?.kind, 'usage');
    assert.match(error?.message ?? '', /header "authorization"/);
    assert.doesNotMatch(JSON.stringify(fault), /hunter/);
  }
  assert.equal((await ask(server.url, { headers: { 'a b': 'c' } })).fault?.kind, 'usage');
  assert.equal(server.requests.length, 0);
});

test('a busy server is asked again, and each wait is told before it', async (t) => {
  const server = await startServer(failFirst(2, 503));
  t.after(server.close);
  const { data, notices } = await ask(server.url, retries);
  assert.deepEqual(data, ['ok']);
  assert.deepEqual(notices, [
    `${server.url} answered 503: busy; trying again in 0 s (1 of 3)`,
    `${server.url} answered 503: busy; trying again in 0 s (2 of 3)`,
  ]);
  assert.equal(new Set(server.requests.map((request) => request.body)).size, 1);
});

test('a page that only repeats its status says it once', async (t) => {
  const server = await startServer((_request, response) => {
    response.statusCode = 502;
    response.end('502 Bad Gateway');
  });
  t.after(server.close);
  const { error } = await ask(server.url);
  assert.equal(error?.message, `${server.url} answered 502: Bad Gateway`);
});

test('a server that stays busy is given up with its own words', async (t) => {
  const server = await startServer(failFirst(99, 500));
  t.after(server.close);
  const { error } = await ask(server.url, retries);
  assert.equal(error?.message, `${server.url} answered 500: busy`);
  assert.equal(server.requests.length, 4);
});

test('a server that asks for two weeks is not waited for', async (t) => {
  const server = await startServer(failFirst(99, 429, { 'retry-after-ms': '', 'retry-after': '1209600' }));
  t.after(server.close);
  const { error, notices } = await ask(server.url, retries);
  assert.equal(error?.message, `${server.url} answered 429: busy (it asks to wait 14 days)`);
  assert.deepEqual([server.requests.length, notices], [1, []]);
});

test('a loading model is waited for beyond the number of retries, and not in a hurry when its server names 0 s', async (t) => {
  const server = await startServer((_request, response, index) => {
    if (index < 2) sendJson(response, { error: 'Model m is currently loading', estimated_time: 0 }, 503);
    else sse(response, ['data: ok']);
  });
  t.after(server.close);
  const { data, notices } = await ask(server.url, { limits: { retries: 1 } });
  assert.deepEqual([data, notices.length], [['ok'], 2]);
  assert.match(notices[0] ?? '', /answered 503: Model m is currently loading; trying again in 0\.5 s$/);
});

test('what the server asked to wait is in the data of the error, and of a refused key its machine words', async (t) => {
  const server = await startServer((_request, response, index) =>
    index === 0
      ? sendJson(response, { error: { message: 'slow down', type: 'tokens' } }, 429, { 'retry-after': '90' })
      : sendJson(response, { error: { message: 'who?', type: 'invalid_request_error', code: 'invalid_api_key' } }, 401),
  );
  t.after(server.close);
  const { fault } = await ask(server.url, retries);
  assert.equal(fault?.kind === 'server' && fault.retryAfterMs, 90_000);
  assert.deepEqual((await ask(server.url, retries)).fault, {
    kind: 'auth',
    target: server.url,
    status: 401,
    said: 'who?',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  });
});

test('refusals are told once, with what the body says and a hint where there is one', async (t) => {
  const refusals: readonly (readonly [status: number, body: object, message: RegExp])[] = [
    [401, { error: { message: 'bad key a-key-of-this-test' } }, /refused the key \(401\): bad key \[key\]$/],
    [403, { detail: 'no access' }, /does not allow this \(403\): no access$/],
    [404, { error: 'no model' }, /answered 404: no model \(asked for \/v1\/chat\/completions; check the base URL/],
    [413, {}, /answered 413: \{\} \(the conversation is too long/],
    [400, { error: { message: 'maximum context length is 10 tokens' } }, /\(the conversation is too long/],
    [422, { detail: [{ loc: ['body', 'n'], msg: 'too large' }] }, /answered 422: body\.n: too large$/],
    [407, {}, /the proxy wants a name and a password, given as NAME:PASSWORD@HOST:PORT/],
    [429, { error: { message: 'pay', type: 'insufficient_quota' } }, /429: pay \(the account has no quota left/],
  ];
  for (const [status, body, message] of refusals) {
    const server = await startServer((_request, response) => sendJson(response, body, status));
    t.after(server.close);
    const { error } = await ask(server.url, retries);
    assert.match(error?.message ?? '', message);
    assert.equal(server.requests.length, 1);
  }
});

test('a refusal of a request that carried no key does not speak of one that was refused', async (t) => {
  const server = await startServer((_request, response) => sendJson(response, { error: 'no' }, 401));
  t.after(server.close);
  const messages: string[] = [];
  for (const headers of [{}, { 'x-api-key': 'k' }]) {
    const { error } = await ask(server.url, { ...retries, headers, secrets: [] });
    messages.push(error?.message ?? '');
  }
  assert.deepEqual(messages, [`${server.url} wants a key (401): no`, `${server.url} refused the key (401): no`]);
});

test("the machine words of a refusal are in the error's data", async (t) => {
  const server = await startServer((_request, response) =>
    sendJson(response, { error: { message: 'm', type: 't', code: 7, param: 'p' } }, 400),
  );
  t.after(server.close);
  const { fault } = await ask(server.url);
  assert.deepEqual(fault, {
    kind: 'server',
    target: server.url,
    status: 400,
    said: 'm',
    type: 't',
    code: '7',
    parameter: 'p',
  });
});

test('an endless or a broken error body does not hide the status', async (t) => {
  const server = await startServer((_request, response, index) => {
    response.writeHead(400, { 'content-type': 'text/plain', 'content-length': '9999999' });
    if (index === 0) response.write('x'.repeat(200_000));
    else response.write('half a wo', () => response.destroy());
  });
  t.after(server.close);
  const endless = (await ask(server.url)).fault;
  assert.deepEqual(endless?.kind === 'server' && [endless.status, endless.said.length], [400, 300]);
  assert.match((await ask(server.url)).error?.message ?? '', /answered 400: half a wo$/);
});

test('a connection closed before the response, or before the first event, is tried again', async (t) => {
  const breaks = [
    '',
    eventStreamHead('transfer-encoding: chunked'),
    `${eventStreamHead('content-length: 99')}: ping\n\ndata: ha`,
  ];
  // At the same time, as each waits half a second.
  await Promise.all(
    breaks.map(async (broken) => {
      const server = await startRawServer((socket, index) => {
        socket.end(index === 0 ? broken : `${eventStreamHead('content-length: 10')}data: ok\n\n`);
      });
      t.after(server.close);
      const { data, notices, received } = await ask(server.url, retries);
      assert.deepEqual(data, ['ok']);
      assert.match(notices.join(), /(?:closed the connection|broke off) before .*; trying again in 0\.5 s \(1 of 3\)$/);
      assert.equal(received.filter((one) => one.type === 'headers').length, 1);
    }),
  );
});

test('after the first event nothing is repeated: the answer is cut', async (t) => {
  const bodies = [
    ['content-length: 99', 'data: one\n\ndata: tw'],
    ['transfer-encoding: chunked', 'b\r\ndata: one\n\n\r\n'],
    ['transfer-encoding: chunked', 'b\r\ndata: one\n\n\r\n10\r\nda'],
    ['transfer-encoding: chunked', 'b\r\ndata: one\n\n\r\nno size\r\n'],
  ] as const;
  for (const [header, body] of bodies) {
    const server = await startRawServer((socket) => socket.end(eventStreamHead(header) + body));
    t.after(server.close);
    const { data, fault } = await ask(server.url, retries);
    assert.deepEqual([data, reasonOf(fault)], [['one'], 'stream cut']);
    assert.equal(server.connectionsSoFar(), 1);
  }
});

test('a reader slower than the break still gets what came before it', async (t) => {
  const events = Array.from({ length: 200 }, (_, index) => `data: ${index} ${'x'.repeat(100)}\n\n`).join('');
  let closed: (() => void) | undefined;
  const broken = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const server = await startRawServer((socket) => {
    socket.on('close', () => closed?.());
    socket.write(`${eventStreamHead('content-length: 99999')}data: first\n\n`);
    setTimeout(() => socket.end(events), 20);
  });
  t.after(server.close);
  let count = 0;
  await assert.rejects(async () => {
    for await (const received of openStream(requestTo(server.url))) {
      if (received.type !== 'event') continue;
      if (count === 0) await broken;
      count++;
    }
  }, /broke off before the answer was complete/);
  assert.equal(count, 201);
});

test('a clean end, by length, by chunk or by closing, ends the events without an error', async (t) => {
  const bodies = [
    [['content-length: 9'], 'data: one'],
    [['transfer-encoding: chunked'], '9\r\ndata: one\r\n0\r\n\r\n'],
    [[], 'data: one'],
  ] as const;
  for (const [headers, body] of bodies) {
    const server = await startRawServer((socket) => socket.end(eventStreamHead(...headers) + body));
    t.after(server.close);
    const { data, error } = await ask(server.url);
    assert.deepEqual([data, error], [['one'], undefined]);
  }
});

test('HTTP/1.0 is understood', async (t) => {
  const server = await startRawServer((socket) =>
    socket.end('HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: one\n\n'),
  );
  t.after(server.close);
  assert.deepEqual((await ask(server.url)).data, ['one']);
});

test('a server that says nothing is given up after the first-byte limit, headers or not', async (t) => {
  const server = await startServer((_request, response, index) => {
    if (index === 1) startSse(response);
  });
  t.after(server.close);
  const limits = { firstByteMs: 50, retries: 3 };
  assert.equal(reasonOf((await ask(server.url, { limits })).fault), 'network first-byte-timeout');
  assert.equal(reasonOf((await ask(server.url, { limits })).fault), 'network first-byte-timeout');
  assert.equal(server.requests.length, 2);
});

test('a stream that falls silent is given up after the idle limit, with what it gave', async (t) => {
  const server = await startServer((_request, response) => {
    startSse(response);
    response.write('data: one\n\n');
  });
  t.after(server.close);
  const { data, fault } = await ask(server.url, { limits: { idleMs: 50 } });
  assert.deepEqual([data, reasonOf(fault)], [['one'], 'stream silent']);
});

test('comments keep a stream alive', async (t) => {
  const server = await startServer((_request, response) => {
    startSse(response);
    response.write('data: one\n\n');
    let pings = 0;
    const timer = setInterval(() => {
      response.write(': ping\n\n');
      if (++pings < 12) return;
      clearInterval(timer);
      response.end('data: two\n\n');
    }, 50);
  });
  t.after(server.close);
  // The limit is eight pings long and the stream twelve, so it can only survive by being reset.
  assert.deepEqual((await ask(server.url, { limits: { idleMs: 400 } })).data, ['one', 'two']);
});

test('a slow reader is not a silent server', async (t) => {
  const server = await startServer((_request, response) => sse(response, ['data: one', 'data: two']));
  t.after(server.close);
  const seen: string[] = [];
  for await (const received of openStream(requestTo(server.url, { limits: { idleMs: 30, firstByteMs: 2000 } }))) {
    if (received.type !== 'event') continue;
    seen.push(received.data);
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  assert.deepEqual(seen, ['one', 'two']);
});

test('a reader that stops reading stops the server, and memory stays bounded', async (t) => {
  let writtenBytes = 0;
  let blocked: (() => void) | undefined;
  const isBlocked = new Promise<void>((resolve) => {
    blocked = resolve;
  });
  const server = await startServer((_request, response) => {
    startSse(response);
    const frame = `data: ${'x'.repeat(64 * 1024)}\n\n`;
    const fill = () => {
      while (writtenBytes < 512 * 1024 * 1024) {
        writtenBytes += frame.length;
        if (response.write(frame)) continue;
        const timer = setTimeout(() => blocked?.(), 200);
        response.once('drain', () => {
          clearTimeout(timer);
          fill();
        });
        return;
      }
    };
    fill();
  });
  t.after(server.close);
  for await (const received of openStream(requestTo(server.url))) {
    if (received.type !== 'event') continue;
    await isBlocked;
    break;
  }
  assert.ok(writtenBytes < 64 * 1024 * 1024, `${writtenBytes} bytes were taken from the server`);
});
