import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { mergeMoves, rowsDown } from '../../src/ui/merge-moves.ts';

test('moves one after another become one up or down and one to a column', () => {
  assert.equal(mergeMoves('\x1b[2B\x1b[1G\x1b[5A\x1b[E\x1b[15G\x1b[Kword'), '\x1b[2A\x1b[15G\x1b[Kword');
  assert.equal(mergeMoves('\n\x1b[E\x1b[E\x1b[E\x1b[2A\x1b[3G'), '\n\n\x1b[3G');
  assert.equal(mergeMoves('\x1b[1G'), '\r');
});

test('moves that lead nowhere are left, since a move ends the wait for a wrap', () => {
  assert.equal(mergeMoves('x\x1b[2B\x1b[2A'), 'x\x1b[2B\x1b[2A');
});

test('a screen that has become lower keeps what stands above the frame: the way down makes the rows that are gone', async () => {
  const transcript = ['one', 'two', 'three', 'four'];
  for (let rows = 1; rows <= 9; rows++) {
    const terminal = new xterm.Terminal({ cols: 12, rows: 10, allowProposedApi: true, convertEol: true });
    const write = (text: string) => new Promise<void>((resolve) => terminal.write(text, resolve));
    await write(`${transcript.join('\n')}\ntail\n> \nstatus\n\x1b[2A\x1b[3G`);
    terminal.resize(12, rows);
    // As Ink goes: down to the end of its frame, up to its first row, and past what has not changed.
    for (const tail of ['tail 2', 'tail 3']) {
      await write(mergeMoves(`\x1b[2B\x1b[G\x1b[3A\x1b[1G\x1b[K${tail}\n\x1b[E\x1b[E\x1b[2A\x1b[3G`));
    }
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
    assert.deepEqual(lines.slice(0, 4), transcript, `${rows} rows`);
  }
});

test('the way a frame goes down is what it goes down less what it goes up', () => {
  assert.equal(rowsDown('a\nb\n\x1b[2A\x1b[3G\x1b[Kword\x1b[E'), 1);
  assert.equal(rowsDown('\x1b[2K\x1b[1A\x1b[2K\x1b[1A\x1b[G'), -2);
});

test('text, colours and what is no move stay as they are', () => {
  const frame = '\x1b[?25l\x1b[1mbold\x1b[22m\x1b[2K\x1b[J 한국어 \x1b[3m\x1b[?25h';
  assert.equal(mergeMoves(frame), frame);
});

const step = fc.oneof(
  fc.tuple(fc.constant('\x1b['), fc.constantFrom('', '1', '2', '3'), fc.constantFrom('A', 'B', 'E')),
  fc.tuple(fc.constant('\x1b['), fc.integer({ min: 1, max: 12 }).map(String), fc.constant('G')),
);
const run = fc
  .array(step, { minLength: 1, maxLength: 6 })
  .map((steps) => steps.map((parts) => parts.join('')).join(''));
const word = fc.constantFrom('word', '\x1b[K', 'twelve cells', '한글', '\n');

test('a frame leaves the same screen and the same cursor, wherever its moves go', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(run, word), { maxLength: 8 }), async (parts) => {
      const frame = parts.join('');
      assert.deepEqual(await screenOf(mergeMoves(frame)), await screenOf(frame));
    }),
    { numRuns: 100 },
  );
});

/** In the middle of a screen that is higher than any of these frames moves. */
function screenOf(frame: string): Promise<unknown> {
  const terminal = new xterm.Terminal({ cols: 12, rows: 100, allowProposedApi: true, convertEol: true });
  const { active } = terminal.buffer;
  return new Promise((resolve) => {
    terminal.write(`${'\n'.repeat(50)}${frame}`, () => {
      const rows = Array.from({ length: 100 }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
      resolve({ rows: rows.join('\n').trim(), x: active.cursorX, y: active.cursorY });
    });
  });
}
