import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitizeLine } from '../../src/terminal/sanitize.ts';
import type { Frame } from '../../src/ui/frame.ts';
import { wholeFrames } from '../../src/ui/whole-frames.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
/** As Ink erases two rows above the cursor. */
const inkErases = '\x1b[?25l\x1b[2A\x1b[1G\x1b[J';
const three = 'tail\ntail\n> \nstatus\n\x1b[2A\x1b[3G\x1b[?25h';

test('the pieces of a frame are written at once', () => {
  const { stream, written } = openStream();
  for (const piece of [begin, '\x1b[?25l\x1b[1A', '\x1b[2A', 'text', end]) stream.write(piece);
  assert.deepEqual(written, [`${begin}\x1b[?25l\x1b[3Atext${end}`]);
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
  assert.deepEqual(written, [`${begin}first${end}`]);
  stream.write('second');
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(written, [`${begin}first${end}`, `${begin}second${end}`]);
});

test('everything else of the stream is the stream, but that it says nothing of new sizes', () => {
  const { stream, heard } = openStream();
  assert.equal(stream.columns, 120);
  assert.equal('isTTY' in stream, true);
  for (const name of ['resize', 'error']) stream.on(name, () => {});
  assert.deepEqual(heard, ['error']);
});

test('a frame is erased by the rows that the terminal has made of it', () => {
  const { stream, written, screen } = openStream();
  for (const piece of [begin, '\x1b[?25l', three, end]) stream.write(piece);
  screen.columns = 40;
  for (const piece of [begin, inkErases, 'printed\n', three, end]) stream.write(piece);
  assert.equal(written.at(-1), `${begin}\x1b[?25l\r\x1b[6A\x1b[Jprinted\n${three}${end}`);
  // The first row has moved with what was printed.
  for (const piece of [begin, inkErases, 'more\n', three, end]) stream.write(piece);
  assert.equal(written.at(-1), `${begin}\x1b[?25l\r\x1b[6A\x1b[Jmore\n${three}${end}`);
});

test('of a frame that is not the one it is known for, only rows that came by line feeds are erased', () => {
  const { stream, written, screen } = openStream();
  for (const piece of [begin, '> \n\x1b[1A\x1b[3G', end]) stream.write(piece);
  screen.columns = 40;
  for (const piece of [begin, inkErases, 'printed\n', three, end]) stream.write(piece);
  assert.ok(written.at(-1)?.startsWith(`${begin}\x1b[?25l\r\x1b[Jprinted`));
});

test('while the size changes no frame is written but one that prints; the next one takes the place of the last', () => {
  const { stream, written, screen } = openStream();
  for (const piece of [begin, three, end]) stream.write(piece);
  screen.settled = false;
  for (const piece of [begin, 'lost', end]) stream.write(piece);
  assert.equal(written.length, 1);
  for (const piece of [begin, inkErases, 'printed\n', three, end]) stream.write(piece);
  assert.equal(written.length, 2);
  for (const piece of [begin, 'lost', end]) stream.write(piece);
  screen.settled = true;
  stream.write(inkErases);
  assert.equal(written.length, 2);
  for (const piece of [begin, three, end]) stream.write(piece);
  assert.equal(written.at(-1), `${begin}\x1b[?25l\r\x1b[2A\x1b[J${three}${end}`);
});

test('what is not a frame finds the last one gone when it was erased', () => {
  const { stream, written } = openStream();
  for (const piece of [begin, three, end]) stream.write(piece);
  stream.write(inkErases);
  stream.write('\x1b[?25h');
  assert.deepEqual(written.slice(1), ['\x1b[?25l\r\x1b[2A\x1b[J', '\x1b[?25h']);
});

function openStream() {
  const written: string[] = [];
  const heard: string[] = [];
  const screen = { columns: 120, settled: true };
  const target = {
    get columns() {
      return screen.columns;
    },
    isTTY: true,
    on: (name: string) => heard.push(name),
    write(text: string) {
      written.push(text);
      return true;
    },
  };
  const wide = sanitizeLine('x'.repeat(120));
  const frame: Frame = { rows: [wide, wide, sanitizeLine('> '), sanitizeLine('status')], caret: { x: 2, y: 2 } };
  // Of a terminal's stream these tests need no more than this.
  const stream = wholeFrames(target as unknown as NodeJS.WriteStream, {
    latest: () => frame,
    mayDraw: () => screen.settled,
    reflows: true,
  });
  return { stream, written, heard, screen };
}
