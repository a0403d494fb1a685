import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { readEvents, type ServerEvent } from '../../src/wire/sse.ts';
import { message, options, parse, rules, sizes } from './sse-rules.ts';

describe('the rules of the standard, at every size of chunk', () => {
  for (const [name, bytes, events] of rules) {
    test(name, async () => {
      for (const size of sizes) {
        assert.deepEqual(await parse(bytes, size), events, `in pieces of ${size}`);
      }
    });
  }
});

test('characters of two to four bytes survive a cut at every byte', async () => {
  const text = 'é 안녕하세요 你好 👩‍👩‍👧‍👦 e\u0301';
  const bytes = new TextEncoder().encode(`data: ${text}\n\n`);
  for (let cut = 0; cut <= bytes.length; cut++) {
    async function* halves() {
      yield bytes.subarray(0, cut);
      yield bytes.subarray(cut);
    }
    const events: ServerEvent[] = [];
    for await (const event of readEvents(halves(), options)) events.push(event);
    assert.deepEqual(events, [message(text)], `cut at ${cut}`);
  }
});

test('bytes that are no UTF-8 become U+FFFD', async () => {
  const before = new TextEncoder().encode('data: a');
  const end = new TextEncoder().encode('\n\n');
  assert.deepEqual(await parse(Buffer.concat([before, Buffer.from([0xff]), end])), [message('a\uFFFD')]);
  assert.deepEqual(await parse(Buffer.concat([before, Buffer.from([0xc0, 0xaf]), end])), [message('a\uFFFD\uFFFD')]);
  const halfHangul = Buffer.from('안').subarray(0, 2);
  assert.deepEqual(await parse(Buffer.concat([before, halfHangul])), [message('a\uFFFD')]);
});

test("llama.cpp's old field `error:` is an event of that name, wherever it is cut", async () => {
  const bytes = 'data: {"a":1}\n\nerror: {"code":500,"message":"no"}\n\ndata: [DONE]\n\n';
  const events = [message('{"a":1}'), { name: 'error', data: '{"code":500,"message":"no"}' }, message('[DONE]')];
  for (const size of [1, 2, 3, 7, 20, Number.POSITIVE_INFINITY]) assert.deepEqual(await parse(bytes, size), events);
  assert.deepEqual(await parse('error: {"a":1}', 1), [{ name: 'error', data: '{"a":1}' }]);
  assert.deepEqual(await parse('data: an\ndata: error: b\n\nterror: c\n\n', 3), [message('an\nerror: b')]);
});

test('one line of 10 MiB in small and growing pieces is read in linear time', async () => {
  const line = Buffer.concat([Buffer.from('data: '), Buffer.alloc(10 * 1024 * 1024, 'x'), Buffer.from('\n\n')]);
  async function* pieces() {
    for (let at = 0, size = 1; at < line.length; size = size === 65_536 ? 512 : size * 2) {
      yield line.subarray(at, at + size);
      at += size;
    }
  }
  for await (const event of readEvents(pieces(), options)) assert.equal(event.data.length, 10 * 1024 * 1024);
});

test('a line that never ends is given up at the limit', async () => {
  let sentBytes = 0;
  async function* endless() {
    yield Buffer.from('data: ');
    for (;;) {
      sentBytes += 65_536;
      yield Buffer.alloc(65_536, 'x');
    }
  }
  await assert.rejects(
    async () => {
      for await (const _ of readEvents(endless(), { ...options, maxEventBytes: 1024 * 1024 }));
    },
    (error) => isChatError(error, 'stream') && error.fault.kind === 'stream' && error.fault.reason === 'too-long',
  );
  assert.ok(sentBytes <= 1024 * 1024 + 2 * 65_536);
});

test('many data lines of one event count together', async () => {
  async function* lines() {
    for (;;) yield Buffer.from(`data: ${'x'.repeat(1000)}\n`.repeat(50));
  }
  await assert.rejects(
    async () => {
      for await (const _ of readEvents(lines(), { ...options, maxEventBytes: 200_000 }));
    },
    (error) => isChatError(error, 'stream'),
  );
});
