/** S01-S30: bytes to events. The rules S01-S21 are those of web-platform-tests `eventsource/format-*`. */

import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../../src/wire/sse.ts';
import { startSse } from '../support/fault-server.ts';
import { startRawServer } from '../wire/raw-server.ts';
import { message, options, parse, rules, sizes } from '../wire/sse-rules.ts';
import { type Case, chat, chatWith, frames, hello, say, stop } from './chat.ts';

/** The table has `format-newlines` twice; both belong to one case. */
const ruleNames = [...new Set(rules.map(([name]) => name.split(':')[0] ?? ''))];

const ruleCases: readonly Case[] = ruleNames.map((ruleName, index) => ({
  id: `S${String(index + 1).padStart(2, '0')}`,
  title: `${ruleName}, in pieces of 1, 2, 3 and 7 bytes and whole`,
  async run() {
    for (const [name, bytes, events] of rules) {
      if (!name.startsWith(`${ruleName}:`)) continue;
      for (const size of sizes) assert.deepEqual(await parse(bytes, size), events, `${name}, ${size}`);
    }
  },
}));

const stream = `${hello.join('\n\n')}\n\n`;

/** Answers 200 with this content type and the greeting, each piece of `size` bytes in a turn of its own. */
const typed =
  (contentType: string, size: number) =>
  async (_request: unknown, response: ServerResponse): Promise<void> => {
    const bytes = Buffer.from(stream);
    response.writeHead(200, { 'content-type': contentType });
    for (let start = 0; start < bytes.length; start += size) {
      response.write(bytes.subarray(start, start + size));
      await new Promise(setImmediate);
    }
    response.end();
  };

async function greetingTyped(t: TestContext, contentType: string): Promise<void> {
  for (const size of sizes) assert.equal((await chatWith(t, typed(contentType, size))).text, 'Hello 안녕', `${size}`);
}

export const framingCases: readonly Case[] = [
  ...ruleCases,
  {
    id: 'S22',
    title: 'format-mime-bogus: a type that is no event stream is refused and named, at the same sizes',
    async run(t) {
      for (const size of sizes) {
        const got = await chatWith(t, typed('text/event-stream-bogus', size));
        assert.equal(got.failure, 'stream malformed');
        assert.match(got.message, /text\/event-stream-bogus/);
      }
    },
  },
  {
    id: 'S23',
    title: 'format-mime-trailing-semicolon: it is an event stream',
    run: (t) => greetingTyped(t, 'text/event-stream;'),
  },
  {
    id: 'S24',
    title: 'format-mime-valid-bogus: an unknown parameter, and capitals, change nothing',
    run: (t) => greetingTyped(t, 'Text/Event-Stream; x=bogus'),
  },
  {
    id: 'S25',
    title: 'characters of two to four bytes, cut at every byte',
    async run() {
      const text = 'é 한국어 中文 👩‍👩‍👧‍👦';
      const bytes = Buffer.from(`data: ${text}\n\n`);
      for (let cut = 0; cut <= bytes.length; cut++) {
        async function* halves() {
          yield bytes.subarray(0, cut);
          yield bytes.subarray(cut);
        }
        for await (const event of readEvents(halves(), options)) assert.deepEqual(event, message(text), String(cut));
      }
    },
  },
  {
    id: 'S26',
    title: 'bytes that are no UTF-8: ff, overlong, cut off at the end',
    async run(t) {
      const [before = '', after = ''] = `${say('a|b')}\n\n${stop}\n\n`.split('|');
      for (const [bad, shown] of [
        ['ff', '\uFFFD'],
        ['c0af', '\uFFFD\uFFFD'],
      ] as const) {
        const body = Buffer.concat([Buffer.from(before), Buffer.from(bad, 'hex'), Buffer.from(after)]);
        const got = await chatWith(t, (_request, response) => {
          startSse(response);
          response.end(body);
        });
        assert.deepEqual([got.text, got.failure], [`a${shown}b`, '']);
      }
      const cut = await chatWith(t, (_request, response) => {
        startSse(response);
        response.end(Buffer.concat([Buffer.from(`${say('a')}\n\n${stop}\n\n: `), Buffer.from('안').subarray(0, 2)]));
      });
      assert.deepEqual([cut.text, cut.failure], ['a', '']);
    },
  },
  {
    id: 'S27',
    title: 'a surrogate pair split over two deltas is one character',
    async run(t) {
      const halves = ['\\ud83d', '\\ude00'].map((half) => `data: {"choices":[{"delta":{"content":"${half}"}}]}`);
      assert.equal((await chatWith(t, frames(...halves, stop))).text, '😀');
    },
  },
  {
    id: 'S28',
    title: 'one line of 10 MiB, in pieces from 1 byte to 64 KiB',
    async run(t) {
      const line = Buffer.from(`${say('x'.repeat(10 * 1024 * 1024))}\n\n${stop}\n\n`);
      const got = await chatWith(t, async (_request, response) => {
        startSse(response);
        for (let at = 0, size = 1; at < line.length; at += size, size = Math.min(size * 2, 65_536)) {
          const isRoom = response.write(line.subarray(at, at + size));
          if (!isRoom) await new Promise((resolve) => response.once('drain', resolve));
        }
        response.end();
      });
      assert.deepEqual([got.text.length, got.failure], [10 * 1024 * 1024, '']);
    },
  },
  {
    id: 'S29',
    title: 'a line that never ends is given up at the limit',
    async run(t) {
      let sentBytes = 0;
      const server = await startRawServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: ');
        const piece = 'x'.repeat(65_536);
        const fill = () => {
          while (!socket.destroyed && sentBytes < 1024 ** 3) {
            sentBytes += piece.length;
            if (!socket.write(piece)) return;
          }
        };
        socket.on('drain', fill);
        fill();
      });
      t.after(server.close);
      const got = await chat(server.url, { limits: { maxEventBytes: 1024 * 1024 } });
      assert.equal(got.failure, 'stream too-long');
      assert.ok(sentBytes < 64 * 1024 * 1024, `${sentBytes} bytes were taken`);
    },
  },
  {
    id: 'S30',
    title: 'comments before the first token keep the wait alive (scaled: every 50 ms under limits of 400 ms)',
    async run(t) {
      const got = await chatWith(
        t,
        async (_request, response) => {
          startSse(response);
          for (let pings = 0; pings < 12; pings++) {
            response.write(': keep-alive\n\n');
            await sleep(50);
          }
          response.end(stream);
        },
        { limits: { firstByteMs: 400, idleMs: 400 } },
      );
      assert.deepEqual([got.text, got.failure], ['Hello 안녕', '']);
    },
  },
];
