import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { joinPrompt, readStdin } from '../../src/cli/stdin.ts';
import { isChatError } from '../../src/core/error.ts';

const never = new AbortController().signal;

const read = (...chunks: readonly (Uint8Array | string)[]): Promise<string> =>
  readStdin(Readable.from(chunks, { objectMode: false }), { signal: never });

function usage(pattern: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isChatError(error, 'usage'), String(error));
    assert.match(error.message, pattern);
    return true;
  };
}

test('a prompt alone and stdin alone are the prompt', () => {
  assert.equal(joinPrompt('explain', undefined), 'explain');
  assert.equal(joinPrompt(undefined, 'a question\n'), 'a question');
  assert.equal(joinPrompt('', 'a question'), 'a question');
  assert.equal(joinPrompt(undefined, undefined), '');
});

test('stdin beside a prompt follows it in a labelled block', () => {
  assert.equal(joinPrompt('explain', 'line 1\nline 2\n'), 'explain\n\n<stdin>\nline 1\nline 2\n</stdin>');
});

test('an empty stdin beside a prompt adds nothing', () => {
  for (const stdin of ['', '\n', ' \t\r\n\u3000']) assert.equal(joinPrompt('explain', stdin), 'explain');
});

test('only white space at the end of stdin goes, the rest stays as it is', () => {
  assert.equal(joinPrompt(undefined, '  indented\n\n  code \n\n'), '  indented\n\n  code');
});

test('a long run of spaces inside stdin costs no more than its length', () => {
  const text = `a${' '.repeat(5_000_000)}b`;
  assert.equal(joinPrompt(undefined, `${text}\n`), text);
});

test('stdin is read to its end, however it is cut, also inside a character', async () => {
  const bytes = Buffer.from('한국어 中文 😀\n');
  assert.equal(await read(bytes), '한국어 中文 😀\n');
  assert.equal(await read(...Array.from(bytes, (byte) => Uint8Array.of(byte))), '한국어 中文 😀\n');
  assert.equal(await read(), '');
});

test('text of a stream that decodes by itself is taken, too', async () => {
  const stream = new PassThrough({ encoding: 'utf8' });
  stream.end('é😀');
  assert.equal(await readStdin(stream, { signal: never }), 'é😀');
});

test('a byte order mark is no part of the text, CRLF and NUL are', async () => {
  assert.equal(await read('\ufeffa\r\nb\0'), 'a\r\nb\0');
});

test('what is not UTF-8 is refused instead of being changed', async () => {
  for (const bytes of [
    Uint8Array.of(0xff, 0xfe, 0x41, 0),
    Uint8Array.of(0x61, 0xe9),
    Uint8Array.of(0xed, 0xa0, 0x80),
  ]) {
    await assert.rejects(read(bytes), usage(/not UTF-8 text/));
  }
});

test('more than 64 MiB is refused as soon as it is known, and reading stops', async () => {
  const chunk = Buffer.alloc(8 * 1024 * 1024, 'a');
  let given = 0;
  const endless = new Readable({
    read() {
      given++;
      this.push(chunk);
    },
  });
  await assert.rejects(readStdin(endless, { signal: never }), usage(/longer than 64 MiB/));
  assert.ok(endless.destroyed);
  assert.ok(given < 15, `${given} chunks`);
});

test('a stream that fails fails the reading', async () => {
  const stream = new PassThrough();
  stream.destroy(new Error('EIO'));
  await assert.rejects(readStdin(stream, { signal: never }), /EIO/);
});

test('reading stops when the run is ended, also when it was before', async () => {
  const stop = new AbortController();
  const stream = new PassThrough();
  const reading = readStdin(stream, { signal: stop.signal });
  stream.write('half a');
  stop.abort();
  await assert.rejects(reading, (error) => isChatError(error, 'aborted'));
  assert.ok(stream.destroyed);
  await assert.rejects(readStdin(new PassThrough(), { signal: stop.signal }), (error) => isChatError(error, 'aborted'));
});

test('waiting is told once after a second, and not when the end came before', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let told = 0;
  const slow = new PassThrough();
  const reading = readStdin(slow, { signal: never, onWait: () => told++ });
  slow.write('a');
  context.mock.timers.tick(999);
  assert.equal(told, 0);
  context.mock.timers.tick(1);
  context.mock.timers.tick(10_000);
  assert.equal(told, 1);
  slow.end('b');
  assert.equal(await reading, 'ab');

  await readStdin(Readable.from(['quick']), { signal: never, onWait: () => told++ });
  context.mock.timers.tick(10_000);
  assert.equal(told, 1);
});
