import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeFrames } from '../../src/ui/whole-frames.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';

test('the pieces of a frame are written at once', () => {
  const { stream, written } = openStream();
  for (const piece of [begin, '\x1b[?25l\x1b[1A', 'text', end]) stream.write(piece);
  assert.deepEqual(written, [`${begin}\x1b[?25l\x1b[1Atext${end}`]);
});

test('of a frame that follows another one only what changes is written, unless something came between', () => {
  const { stream, written } = openStream();
  const draw = (frame: string) => {
    for (const piece of [begin, frame, end]) stream.write(piece);
  };
  draw('one\n\x1b[1A\x1b[1G');
  draw('\x1b[Jone two\n\x1b[1A\x1b[1G');
  stream.write('else');
  draw('\x1b[Jone two\n\x1b[1A\x1b[1G');
  assert.deepEqual(written, [
    `${begin}one\n\x1b[1A\x1b[1G${end}`,
    `${begin}\x1b[4G two\r${end}`,
    'else',
    `${begin}\x1b[K\x1b7\x1b[B\r\x1b[J\x1b8one two\n\x1b[1A\x1b[1G${end}`,
  ]);
});

test('what is written outside of a frame is not held back', () => {
  const { stream, written } = openStream();
  stream.write('\x1b[?2004h');
  stream.write('', () => {});
  assert.deepEqual(written, ['\x1b[?2004h', '']);
});

test('a frame that is not ended is written before the next one, and before long', async () => {
  const { stream, written } = openStream();
  stream.write(begin);
  stream.write('first');
  stream.write(begin);
  assert.deepEqual(written, [`${begin}first`]);
  stream.write('second');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(written, [`${begin}first`, `${begin}second`]);
});

test('everything else of the stream is the stream', () => {
  const { stream } = openStream();
  assert.equal(stream.columns, 120);
  assert.equal('isTTY' in stream, true);
});

function openStream() {
  const written: string[] = [];
  const target = {
    columns: 120,
    isTTY: true,
    write(text: string) {
      written.push(text);
      return true;
    },
  };
  // Of a terminal's stream these tests need no more than this.
  return { stream: wholeFrames(target as unknown as NodeJS.WriteStream), written };
}
