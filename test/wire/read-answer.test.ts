import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sendJson, startServer } from '../support/fault-server.ts';
import { ask, reasonOf } from './ask.ts';

/** Asks a server that answers 200 with this content type and body. */
async function askFor(contentType: string | undefined, body: string, limits = {}) {
  const server = await startServer((_request, response) => {
    response.writeHead(200, contentType === undefined ? {} : { 'content-type': contentType });
    response.end(body);
  });
  try {
    return await ask(server.url, { limits });
  } finally {
    await server.close();
  }
}

test('format-mime-trailing-semicolon, parameters and capitals: still an event stream', async () => {
  for (const type of ['text/event-stream;', 'text/event-stream; charset=windows-1252', 'Text/Event-Stream']) {
    assert.deepEqual((await askFor(type, 'data: ok…\n\n')).data, ['ok…'], type);
  }
});

test('format-mime-bogus, format-mime-valid-bogus: another type is no event stream', async () => {
  for (const type of ['text/event-stream-x', 'text/x-other', 'text/plain', undefined]) {
    const { data, fault } = await askFor(type, 'data: a\n\n');
    assert.deepEqual([data, reasonOf(fault)], [[], 'stream malformed'], type);
  }
});

test('the events of a stream follow its headers', async () => {
  const { received } = await askFor('text/event-stream', ': hi\n\nevent: x\ndata: a\n\ndata: b\n\n');
  assert.deepEqual(
    received.map((one) => (one.type === 'headers' ? [one.status, one.headers['content-type']] : one)),
    [
      [200, 'text/event-stream'],
      { type: 'event', name: 'x', data: 'a' },
      { type: 'event', name: undefined, data: 'b' },
    ],
  );
});

test('a whole JSON body is handed on, be it an answer or an error, also with blank lines before it', async () => {
  for (const body of ['{"object":"chat.completion"}', '\n\n \n{"error":"no"}']) {
    const { received } = await askFor('application/json; charset=utf-8', body);
    assert.deepEqual(received.at(-1), { type: 'body', contentType: 'application/json; charset=utf-8', text: body });
  }
});

test('an error without framing inside an event stream is a body', async () => {
  const { received } = await askFor('text/event-stream', ': ping\n\n{"error":{\n  "message": "no"}}');
  const body = received.at(-1);
  assert.deepEqual(body?.type === 'body' && JSON.parse(body.text), { error: { message: 'no' } });
});

test('words without framing inside an event stream are no answer', async () => {
  const { error } = await askFor('text/event-stream', 'upstream died');
  assert.match(error?.message ?? '', /text\/event-stream, "upstream died"/);
});

test('a web page is named by its type and title, and the base URL is suspected', async () => {
  const { error, fault } = await askFor('text/html; charset=utf-8', '<html><head><title>Sign in</title></head></html>');
  assert.equal(reasonOf(fault), 'stream malformed');
  assert.match(error?.message ?? '', /sent something that is no answer: text\/html, "Sign in" \(is the base URL right/);
});

test('JSON that breaks off is no answer', async () => {
  assert.equal(reasonOf((await askFor('application/json', '{"choices":[')).fault), 'stream malformed');
});

test('nothing at all is an empty answer', async () => {
  assert.equal(reasonOf((await askFor('text/event-stream', '')).fault), 'stream empty');
  assert.equal(reasonOf((await askFor('text/event-stream', ': ping\n\n: ping\n\n')).fault), 'stream empty');
  assert.equal(reasonOf((await askFor('application/json', ' \n')).fault), 'stream empty');
  const server = await startServer((_request, response) => void response.writeHead(204).end());
  assert.equal(reasonOf((await ask(server.url)).fault), 'stream empty');
  await server.close();
});

test('a body beyond the limit is not read on', async (t) => {
  const server = await startServer((_request, response) => sendJson(response, 'x'.repeat(100_000)));
  t.after(server.close);
  assert.equal(reasonOf((await ask(server.url, { limits: { maxBodyBytes: 1000 } })).fault), 'stream too-long');
});
