/** S31-S58: answers that stall, break, report an error or are shaped oddly. */

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Handler, sendJson, sse, startSse } from '../support/fault-server.ts';
import { eventStreamHead, startRawServer } from '../wire/raw-server.ts';
import { type Case, chat, chatWith, chunk, done, frames, hello, say, stop } from './chat.ts';

/** Sends this, and then neither more nor an end. */
const stall =
  (...all: readonly string[]): Handler =>
  (_request, response) => {
    startSse(response);
    for (const frame of all) response.write(`${frame}\n\n`);
  };

/** A clean end of the body after exactly these bytes. */
const bytes =
  (body: string | Buffer): Handler =>
  (_request, response) => {
    startSse(response);
    response.end(body);
  };

interface Expected {
  readonly text?: string;
  readonly failure?: string;
  readonly says?: RegExp;
  readonly finish?: string;
  readonly notices?: readonly RegExp[];
}

/** A case whose server does one thing and whose outcome is a row. */
function row(id: string, title: string, handler: Handler, expected: Expected): Case {
  return {
    id,
    title,
    async run(t) {
      const got = await chatWith(t, handler, { limits: { idleMs: 150, firstByteMs: 3000 } });
      assert.equal(got.failure, expected.failure ?? '', got.message);
      assert.equal(got.text, expected.text ?? '');
      assert.match(got.message, expected.says ?? /^/);
      assert.equal(got.notices.length, expected.notices?.length ?? 0, got.notices.join());
      for (const [index, words] of (expected.notices ?? []).entries()) assert.match(got.notices[index] ?? '', words);
      if (expected.failure === undefined) assert.equal(got.finish?.reason, expected.finish ?? 'stop');
    },
  };
}

const piece = (index: number, call: object) => chunk({ tool_calls: [{ index, ...call }] });
const called = chunk({}, 'tool_calls');

/** Fragments of calls, and the calls they are: [name, arguments]. */
const fragments: readonly (readonly [what: string, frames: readonly string[], calls: readonly string[][]])[] = [
  ['no index', [chunk({ tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] })], [['f', '{}']]],
  ['no id', [piece(0, { function: { name: 'f', arguments: '{"a":1}' } })], [['f', '{"a":1}']]],
  [
    'an id on every piece',
    ['{"a"', ':1}'].map((args, at) =>
      piece(0, { id: 'a', function: { ...(at === 0 && { name: 'f' }), arguments: args } }),
    ),
    [['f', '{"a":1}']],
  ],
  [
    'arguments in pieces of one character',
    [
      piece(0, { id: 'a', function: { name: 'f', arguments: '' } }),
      ...Array.from('{"a":"안"}', (one) => piece(0, { function: { arguments: one } })),
    ],
    [['f', '{"a":"안"}']],
  ],
  [
    'two calls interleaved',
    [
      piece(0, { id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      piece(1, { id: 'b', function: { name: 'g', arguments: '{"y"' } }),
      piece(0, { function: { arguments: ':1}' } }),
      piece(1, { function: { arguments: ':2}' } }),
    ],
    [
      ['f', '{"x":1}'],
      ['g', '{"y":2}'],
    ],
  ],
];

export const answerCases: readonly Case[] = [
  {
    id: 'S31',
    title: 'headers that never come are a first-byte timeout',
    async run(t) {
      const got = await chatWith(t, () => {}, { limits: { firstByteMs: 80 } });
      assert.equal(got.failure, 'network first-byte-timeout');
      assert.match(got.message, /did not start to answer in time: waited 0\.1 s/);
    },
  },
  row('S32', 'a stall after some deltas keeps them and is told', stall(say('so '), say('far')), {
    text: 'so far',
    failure: 'stream silent',
  }),
  {
    id: 'S33',
    title: 'a trickle stays alive, and stops when told to (scaled: a byte every 40 ms under a limit of 400 ms)',
    async run(t) {
      const controller = new AbortController();
      const trickle: Handler = async (_request, response) => {
        startSse(response);
        response.write(`${say('one')}\n\n`);
        for (const byte of ': alive and well') {
          response.write(byte);
          await sleep(40);
        }
        controller.abort();
      };
      const got = await chatWith(t, trickle, { limits: { idleMs: 400 }, signal: controller.signal });
      assert.deepEqual([got.text, got.failure], ['one', 'aborted']);
    },
  },
  row('S34', 'no [DONE], but a finish_reason: whole', frames(say('a'), stop), { text: 'a' }),
  row('S35', 'neither [DONE] nor finish_reason: cut', frames(say('a')), { text: 'a', failure: 'stream cut' }),
  row('S36', 'an end in the middle of an event', bytes(`${say('a')}\n\n${say('b').slice(0, -9)}`), {
    text: 'a',
    failure: 'stream cut',
    notices: [/^bad-chunk: /],
  }),
  row('S37', 'an end before the blank line', bytes(`${say('a')}\n\n${say('b')}\n`), {
    text: 'ab',
    failure: 'stream cut',
  }),
  row(
    'S38',
    'an end inside a character',
    bytes(Buffer.from(`${say('a')}\n\ndata: {"choices":[{"delta":{"content":"안`).subarray(0, -1)),
    { text: 'a', failure: 'stream cut', notices: [/^bad-chunk: /] },
  ),
  {
    id: 'S39',
    title: 'a reset before any delta is tried again without a trace in the answer',
    async run(t) {
      const server = await startRawServer((socket, index) => {
        if (index === 0) socket.resetAndDestroy();
        else socket.end(`${eventStreamHead('connection: close')}${hello.join('\n\n')}\n\n`);
      });
      t.after(server.close);
      const got = await chat(server.url, { limits: { retries: 1 } });
      assert.deepEqual([got.text, got.failure, got.notices.length], ['Hello 안녕', '', 1]);
    },
  },
  {
    id: 'S40',
    title: 'a reset after a hundred deltas doubles nothing',
    async run(t) {
      const numbers = Array.from({ length: 100 }, (_, at) => `${at} `);
      let reset = () => {};
      const server = await startRawServer((socket) => {
        reset = () => socket.resetAndDestroy();
        socket.write(eventStreamHead() + numbers.map((one) => `${say(one)}\n\n`).join(''));
      });
      t.after(server.close);
      const onText = (text: string) => {
        if (text.endsWith('99 ')) reset();
      };
      const got = await chat(server.url, { limits: { retries: 3 }, onText });
      assert.deepEqual([got.text, got.failure, server.connectionsSoFar()], [numbers.join(''), 'stream cut', 1]);
    },
  },
  row('S41', 'an error as the first frame', frames('data: {"error":{"message":"out of memory"}}'), {
    failure: 'stream reported',
    says: /reported an error: out of memory$/,
  }),
  row(
    'S42',
    'an error after deltas',
    frames(say('a'), 'data: {"error":{"message":"out of memory","code":500}}', done),
    {
      text: 'a',
      failure: 'server 500',
      says: /out of memory/,
    },
  ),
  row('S43', 'an event named error', frames(say('a'), 'event: error\ndata: {"message":"too much"}'), {
    text: 'a',
    failure: 'stream reported',
    says: /too much/,
  }),
  row('S44', "TGI's error and error_type", frames('data: {"error":"Model is overloaded","error_type":"overloaded"}'), {
    failure: 'server 503',
    says: /Model is overloaded/,
  }),
  row('S45', 'an error that is a string', frames('data: {"error":"it broke"}'), {
    failure: 'stream reported',
    says: /it broke/,
  }),
  row(
    'S46',
    'a login page with 200 is no answer, and its type and title are named',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Please log in</title>');
    },
    { failure: 'stream malformed', says: /text\/html, "Please log in"/ },
  ),
  row('S47', 'a JSON error with 200', (_request, response) => sendJson(response, { error: { message: 'no credit' } }), {
    failure: 'stream reported',
    says: /no credit/,
  }),
  row(
    'S48',
    'a whole answer instead of a stream',
    (_request, response) =>
      sendJson(response, { choices: [{ message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }] }),
    { text: 'whole' },
  ),
  row('S49', '200 with nothing in it', frames(), { failure: 'stream empty' }),
  row('S50', '204', (_request, response) => void response.writeHead(204).end(), { failure: 'stream empty' }),
  row(
    'S51',
    'one broken frame among good ones: the rest is shown with one warning, and it is no success that lacks a piece',
    frames(say('a'), 'data: {"choi', say('b'), stop, done),
    { text: 'ab', failure: 'stream malformed', notices: [/^bad-chunk: /] },
  ),
  row(
    'S52',
    'a chunk that has only usage',
    frames(say('a'), stop, 'data: {"choices":[],"usage":{"prompt_tokens":1}}', done),
    {
      text: 'a',
    },
  ),
  row('S53', 'a chunk without choices', frames('data: {"id":"x"}', say('a'), stop, done), { text: 'a' }),
  row('S54', 'a delta that is null', frames('data: {"choices":[{"delta":null}]}', say('a'), stop, done), { text: 'a' }),
  row('S55', 'content that is null', frames(chunk({ role: 'assistant', content: null }), say('a'), stop, done), {
    text: 'a',
  }),
  row('S56', 'content in parts', frames(chunk({ content: [{ type: 'text', text: 'a' }] }), stop, done), { text: 'a' }),
  {
    id: 'S57',
    title: 'calls are put together from every kind of fragment',
    async run(t) {
      for (const [what, sent, calls] of fragments) {
        const got = await chatWith(t, frames(...sent, called, done));
        assert.deepEqual(
          got.calls.map((call) => [call.name, call.arguments]),
          calls,
          what,
        );
        assert.equal(new Set(got.calls.map(({ id }) => id)).size, calls.length, what);
        assert.ok(
          got.calls.every(({ id }) => id !== ''),
          what,
        );
        assert.equal(got.finish?.reason, 'tool-calls', what);
      }
    },
  },
  {
    id: 'S58',
    title: 'an answer cut by its length or by a filter says so',
    async run(t) {
      for (const [word, reason] of [
        ['length', 'length'],
        ['content_filter', 'content-filter'],
      ] as const) {
        const got = await chatWith(t, (_request, response) => sse(response, [say('a'), chunk({}, word), done]));
        assert.deepEqual([got.text, got.finish?.reason], ['a', reason]);
      }
    },
  },
];
