/** Writing a message on a terminal: search, pastes, newlines, the person's own editor. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl, promptRow } from './open-repl.ts';

const rowAbove = (terminal: Terminal): string => terminal.screen()[terminal.cursor().y - 1] ?? '';

describe('writing', { concurrency: 3 }, () => {
  test('Ctrl+R finds an earlier message while its words are typed, with the caret behind them', async () => {
    const terminal = await openRepl();
    terminal.type('draft\x12');
    await terminal.waitFor((now) => promptRow(now).startsWith('search:') && rowAbove(now) === '> draft');
    terminal.type('old');
    await terminal.waitFor((now) => rowAbove(now) === '> an older message' && now.cursor().x === 'search: old'.length);
    terminal.type('\x1b');
    await terminal.waitFor((now) => promptRow(now) === '> draft');
    terminal.type('\x12OLD');
    await terminal.waitFor((now) => rowAbove(now) === '> an older message');
    terminal.type('\r');
    await terminal.waitFor((now) => promptRow(now) === '> an older message');
    terminal.type('!');
    await terminal.waitFor((now) => promptRow(now) === '> an older message!');
  });

  test('a pasted megabyte is drawn as one label at once, and opens with Tab', async () => {
    const terminal = await openRepl();
    const text = 'one line of a log, 40 characters long\n'.repeat(26_000);
    const before = terminal.raw.length;
    terminal.type(`see \x1b[200~${text}\x1b[201~`);
    await terminal.waitFor((now) => promptRow(now) === '> see [pasted 26000 lines]');
    assert.ok(terminal.raw.length - before < 2000, 'one frame, not one a read');
    terminal.type('\t');
    await terminal.waitFor((now) => !promptRow(now).includes('pasted') && rowAbove(now).includes('one line of a log'));
    terminal.type('\x1f');
    await terminal.waitFor((now) => promptRow(now) === '> see [pasted 26000 lines]');
    terminal.type('\x7f');
    await terminal.waitFor((now) => promptRow(now) === '> see');
  });

  test('Ctrl+G has the message edited elsewhere; what is said meanwhile is not lost, nor the draft when it fails', async () => {
    const terminal = await openRepl();
    terminal.type('slow a b c d e f g\r');
    await terminal.waitFor('Ctrl+C stops');
    terminal.type('draft\x07');
    await terminal.waitFor((now) => promptRow(now) === '> draft, edited');
    await terminal.waitFor((now) => isIdle(now) && now.lines().includes('a b c d e f g'));
    terminal.type('\x15fail\x18\x05');
    await terminal.waitFor('! the editor ended with code 1');
    await terminal.waitFor((now) => promptRow(now) === '> fail');
  });
});
