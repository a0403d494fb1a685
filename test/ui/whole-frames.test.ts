import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholeFrames } from '../../src/ui/whole-frames.ts';

const begin = '\x1b[?2026h';
const end = '\x1b[?2026l';
/** As Ink erases two rows above the cursor. */
const inkErases = '\x1b[?25l\x1b[2A\x1b[1G\x1b[J';
const wide = 'x'.repeat(120);
const live = `${wide}\n${wide}\n> \nstatus\n\x1b[2A\x1b[3G\x1b[?25h`;
/** Two rows above the cursor, in parts that tmux does not take for clearing the screen. */
const erases = (rowsAbove: number) => `\x1b[?25l\r\x1b[${rowsAbove}A\x1b[K\x1b7\x1b[B\r\x1b[J\x1b8`;

test('the pieces of a frame are written at once', () => {
  const { draw, written } = openStream();
  draw('\x1b[?25l', 'row\n\x1b[1A\x1b[1G\x1b[?25h');
  assert.deepEqual(written, [`${begin}\x1b[?25l\rrow\n\x1b[A\r\x1b[?25h${end}`]);
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
  stream.write('first\n');
  stream.write(begin);
  assert.equal(written.length, 1);
  stream.write('second\n');
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(written.length, 2);
  assert.ok(written.every((text) => text.startsWith(begin) && text.endsWith(end)));
});

test('everything else of the stream is the stream, but that it says nothing of new sizes', () => {
  const { stream, heard } = openStream();
  assert.equal(stream.columns, 120);
  assert.equal('isTTY' in stream, true);
  for (const name of ['resize', 'error']) stream.on(name, () => {});
  assert.deepEqual(heard, ['error']);
});

test('in another width a frame is erased by the rows that the terminal has made of it, and the next one is whole', () => {
  const { draw, written, screen } = openStream();
  draw(live);
  screen.columns = 40;
  draw(inkErases, 'printed\n', live);
  assert.equal(written.at(-1), `${begin}${erases(6)}printed\n${live}${end}`);
  draw(inkErases, 'more\n', live);
  assert.ok(!written.at(-1)?.includes('status\n> '), 'after that only what changes is written');
});

test('where the row of the cursor is certain to be wrapped too, it is counted', () => {
  for (const [reflowsCursorRow, rowsUp] of [
    [true, 5],
    [false, 3],
  ] as const) {
    const { draw, written, screen } = openStream({ reflowsCursorRow });
    draw(`${wide}\n${'y'.repeat(90)}\n\x1b[1A\x1b[91G\x1b[?25h`);
    screen.columns = 40;
    draw(inkErases, 'printed\n', live);
    assert.ok(written.at(-1)?.startsWith(`${begin}${erases(rowsUp)}printed`), String(reflowsCursorRow));
  }
});

test('while the size changes no frame is written but one that prints; the next one takes the place of the last', () => {
  const { draw, stream, written, screen } = openStream();
  draw(live);
  screen.settled = false;
  draw('lost\n');
  assert.equal(written.length, 1);
  draw(inkErases, 'printed\n', live);
  assert.equal(written.at(-1), `${begin}${erases(2)}printed\n${live}${end}`);
  draw('lost\n');
  screen.settled = true;
  stream.write(inkErases);
  assert.equal(written.length, 2);
  draw(live);
  assert.equal(written.at(-1), `${begin}${erases(2)}${live}${end}`);
});

test('a frame after one that was not written changes what is on the screen, not what Ink takes to be there', () => {
  const { draw, written, screen } = openStream();
  draw('one\n\x1b[1A\x1b[1G\x1b[?25h');
  screen.settled = false;
  draw('\x1b[?25l\x1b[1B\x1b[1G\x1b[2K\x1b[1A\x1b[2K\x1b[Gtwo\nthree\n\x1b[1A\x1b[1G\x1b[?25h');
  screen.settled = true;
  draw('\x1b[?25l\x1b[1B\x1b[1G\x1b[1A\x1b[2G\x1b[?25h');
  assert.equal(written.length, 2);
  assert.ok(written.at(-1)?.includes('two\nthree\n\x1b[A\x1b[2G'), JSON.stringify(written.at(-1)));
});

test('what is not a frame finds the last one gone when it was erased', () => {
  const { draw, stream, written } = openStream();
  draw(live);
  stream.write(inkErases);
  stream.write('\x1b[?25h');
  assert.deepEqual(written.slice(1), [erases(2), '\x1b[?25h']);
});

function openStream({ reflowsCursorRow = false } = {}) {
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
  // Of a terminal's stream these tests need no more than this.
  const stream = wholeFrames(target as unknown as NodeJS.WriteStream, {
    mayDraw: () => screen.settled,
    reflows: true,
    reflowsCursorRow,
  });
  const draw = (...pieces: readonly string[]): void => {
    for (const piece of [begin, ...pieces, end]) stream.write(piece);
  };
  return { stream, draw, written, heard, screen };
}
