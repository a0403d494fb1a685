import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { mergeMoves } from '../../src/ui/merge-moves.ts';

test('moves one after another become one up or down and one to a column', () => {
  assert.equal(mergeMoves('\x1b[2B\x1b[1G\x1b[5A\x1b[E\x1b[15G\x1b[Kword'), '\x1b[2A\x1b[15G\x1b[Kword');
  assert.equal(mergeMoves('\n\x1b[E\x1b[E\x1b[E\x1b[2A\x1b[3G'), '\n\x1b[B\x1b[3G');
  assert.equal(mergeMoves('\x1b[1G'), '\r');
});

test('moves that lead nowhere are left, since a move ends the wait for a wrap', () => {
  assert.equal(mergeMoves('x\x1b[2B\x1b[2A'), 'x\x1b[2B\x1b[2A');
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
