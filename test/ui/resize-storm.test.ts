/** L38: sizes that jump about while an answer is written, and one step to half the width in its middle. */

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

/** 200 sizes in 2 s, 20 to 300 columns and 2 to 60 rows. */
async function storm(script: string): Promise<Terminal> {
  const terminal = await openRepl({ columns: 100, rows: 30 });
  terminal.type(`${script}\r`);
  await terminal.waitFor(/word20|line 3/);
  for (let step = 0; step < 200; step++) {
    terminal.resize(20 + ((step * 97) % 281), 2 + ((step * 31) % 59));
    await pause(10);
  }
  terminal.resize(100, 30);
  await terminal.waitFor((now) => isIdle(now) && /word2000|line 600/.test(now.raw));
  assert.ok(!/\x1b\[[23]J|\x1b\[H/.test(terminal.raw));
  return terminal;
}

describe('a storm', { concurrency: 3 }, () => {
  for (const [columns, rows, to] of [
    [80, 24, 40],
    [200, 50, 80],
    [120, 40, 60],
  ] as const) {
    test(`one step from ${columns} to ${to} columns in a long paragraph leaves each word once`, async () => {
      const terminal = await openRepl({ columns, rows });
      terminal.type('hold 400\r');
      await terminal.waitFor((now) => promptRow(now) === '>' && now.screen().some((row) => row.includes('word400')));
      terminal.resize(to, rows);
      await terminal.waitFor((now) => now.screen().at(now.cursor().y) === '>');
      terminal.type('\x03');
      await terminal.waitFor(isIdle);
      assert.deepEqual(words(terminal), numbered(400));
    });
  }

  test('of sizes that jump about loses no word of a paragraph', async () => {
    const kept = new Set(words(await storm('paragraph 2000')));
    assert.deepEqual(
      numbered(2000).filter((word) => !kept.has(word)),
      [],
    );
  });

  // What was on its way at the first size is wrapped by the terminal before it can be known: a few rows may be left.
  test('leaves each line of a list once, and one prompt', () =>
    within(2, async () => {
      const terminal = await storm('lines 600');
      const lines = terminal.lines().filter((row) => row.startsWith('- line'));
      assert.deepEqual(
        lines,
        Array.from({ length: 600 }, (_, index) => `- line ${index + 1}`),
      );
      assert.equal(terminal.lines().filter((row) => row === '>').length, 1);
    }));
});
