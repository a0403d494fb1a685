/** Resizes while an answer arrives: nothing twice in the scrollback, nothing of it wiped. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isIdle, openRepl } from './open-repl.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a resize', { concurrency: 2 }, () => {
  test('leaves every line of a list once and in order', async () => {
    const terminal = await openRepl({ columns: 80, rows: 20 });
    terminal.type('lines 300\r');
    await terminal.waitFor('line 3');
    for (const [columns, rows] of [
      [60, 20],
      [40, 12],
      [100, 30],
      [30, 8],
      [80, 20],
    ] as const) {
      terminal.resize(columns, rows);
      await pause(30);
    }
    await terminal.waitFor((now) => isIdle(now) && now.lines().some((row) => row.includes('line 300')));
    const lines = terminal.lines().filter((row) => row.startsWith('- line'));
    assert.deepEqual(
      lines,
      Array.from({ length: 300 }, (_, index) => `- line ${index + 1}`),
    );
    assert.equal(terminal.lines().filter((row) => row.startsWith('test |')).length, 1);
    assert.ok(!/\x1b\[[23]J/.test(terminal.raw));
  });

  test('of a paragraph that is being written leaves no rows of it behind', async () => {
    const terminal = await openRepl({ columns: 80, rows: 24 });
    terminal.type('hold 120\r');
    await terminal.waitFor('word120');
    for (const columns of [79, 76, 70, 62, 60, 55, 60, 80]) {
      terminal.resize(columns, 24);
      await pause(columns === 62 ? 250 : 25);
    }
    await terminal.waitFor((now) => now.screen().some((row) => row.includes('word120')));
    terminal.type('\x03');
    await terminal.waitFor(isIdle);
    const words =
      terminal
        .lines()
        .join(' ')
        .match(/word\d+/g) ?? [];
    assert.deepEqual(
      words,
      Array.from({ length: 120 }, (_, index) => `word${index + 1}`),
    );
  });

  test('lays the prompt out anew, to the smallest screens', async () => {
    const terminal = await openRepl();
    terminal.type('a rather long line of text that is going to be wrapped soon');
    await terminal.waitFor('soon');
    for (const [columns, rows] of [
      [20, 5],
      [5, 3],
      [1, 1],
      [2, 2],
      [80, 24],
    ] as const) {
      terminal.resize(columns, rows);
      await pause(20);
    }
    await terminal.waitFor((now) => now.screen().some((row) => row.endsWith('wrapped soon')) && isIdle(now));
    terminal.type('\x03');
    await terminal.waitFor('/help');
  });
});
