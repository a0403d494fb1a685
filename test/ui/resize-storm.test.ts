/** L38: sizes that jump about while a paragraph is written, and one step to half the width in its middle. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl, promptRow } from './open-repl.ts';
import { within } from './tries.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function words(terminal: Terminal): readonly string[] {
  return (
    terminal
      .lines()
      .join(' ')
      .match(/word\d+/g) ?? []
  );
}

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `word${index + 1}`);
}

describe('a storm', { concurrency: 3 }, () => {
  for (const [columns, rows, to] of [
    [80, 24, 40],
    [200, 50, 80],
    [120, 40, 60],
  ] as const) {
    test(`one step from ${columns} to ${to} columns in a long paragraph leaves each word once`, () =>
      within(4, async () => {
        const terminal = await openRepl({ columns, rows });
        terminal.type('hold 400\r');
        await terminal.waitFor((now) => promptRow(now) === '>' && now.screen().some((row) => row.includes('word400')));
        // A frame that is under way while the size changes is drawn for the old one: nobody can help that.
        await pause(150);
        terminal.resize(to, rows);
        await pause(200);
        terminal.type('\x03');
        await terminal.waitFor(isIdle);
        assert.deepEqual(words(terminal), numbered(400));
      }));
  }

  test('40 sizes of 20 to 300 columns and 5 to 60 rows while a paragraph is written', () =>
    within(4, async () => {
      const terminal = await openRepl({ columns: 100, rows: 30 });
      terminal.type('paragraph 1200\r');
      await terminal.waitFor('word20');
      for (let step = 0; step < 40; step++) {
        // From the second on little is drawn; the first leaves room for what was.
        terminal.resize(step === 0 ? 60 : 20 + ((step * 97) % 281), step === 0 ? 26 : 5 + ((step * 31) % 56));
        await pause(30);
      }
      terminal.resize(100, 30);
      await terminal.waitFor((now) => isIdle(now) && now.raw.includes('word1200'));
      await pause(200);
      // A frame that crosses with a size may leave its prompt behind or take the row above along, but no more than that.
      const left = words(terminal);
      assert.deepEqual(left, numbered(left.length));
      assert.ok(left.length > 1200 - 40, `${left.length} words are left`);
      assert.ok(!/\x1b\[[23]J/.test(terminal.raw));
    }));
});
