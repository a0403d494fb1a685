/** The approval dialog in the cells of a terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../../support/pty.ts';
import { isIdle, openRepl, promptRow } from '../open-repl.ts';

const asks = (terminal: Terminal): boolean =>
  terminal.screen().some((row) => /^(May this call run|Run)\?|^1\/\d /.test(row));

/** Longer than the dialog leaves keys unheard. */
const readingMs = 700;

async function answer(terminal: Terminal, key: string): Promise<void> {
  await terminal.waitFor(asks);
  await new Promise((resolve) => setTimeout(resolve, readingMs));
  terminal.type(key);
}

describe('the approval dialog', { concurrency: 3 }, () => {
  test('stands in the prompt’s place, shows what cannot be seen, and each call gets its answer', async () => {
    const terminal = await openRepl();
    const calls = [{ path: '보고서\u202etxt.exe', text: '첫 줄\n\x1b[2J\u{e0041}둘째' }, { path: '나' }];
    terminal.type(`ask ${JSON.stringify(calls).replace('\u202e', '\\u202e').replace('\u{e0041}', '\\udb40\\udc41')}\r`);
    await terminal.waitFor(asks);
    const rows = terminal.screen();
    const top = rows.indexOf('May this call run? 1 of 2');
    assert.deepEqual(rows.slice(top + 1, top + 9), [
      'write_file',
      '  path: "보고서\\u{202E}txt.exe" (11 characters)',
      '  text: (11 characters)',
      '    | 첫 줄',
      '    | \\u{1B}[2J\\u{E0041}둘째',
      '',
      'asked about next:',
      'write_file',
    ]);
    assert.ok(!rows.includes('>'), 'there is no prompt beside it');
    await answer(terminal, 'y');
    await terminal.waitFor('May this call run? 2 of 2');
    await answer(terminal, 'r');
    await terminal.waitFor('Why not?');
    terminal.type('다른 곳에\r');
    await terminal.waitFor('denied: 다른 곳에');
    await terminal.waitFor((now) => now.lines().some((row) => /write_file .* run \(0 s\)/.test(row)) && isIdle(now));
  });

  test('at 40x15 and 20x5 the arguments scroll to their end', async () => {
    for (const size of [
      { columns: 40, rows: 15 },
      { columns: 20, rows: 5 },
    ]) {
      const terminal = await openRepl(size);
      const text = Array.from({ length: 30 }, (_, index) => `줄 ${index + 1}`).join('\n');
      terminal.type(`ask ${JSON.stringify([{ text }])}\r`);
      await terminal.waitFor(asks);
      assert.ok(terminal.screen().includes('write_file'));
      assert.ok(!terminal.screen().some((row) => row.includes('| 줄 30')));
      terminal.type('\x1b[6~');
      await terminal.waitFor((now) => !now.screen().includes('write_file'));
      terminal.type('\x1b[F');
      await terminal.waitFor((now) => now.screen().some((row) => row.includes('| 줄 30')));
      terminal.type('\x1b[H');
      await terminal.waitFor((now) => now.screen().includes('write_file'));
      await answer(terminal, 'n');
      await terminal.waitFor(/^\* write_/);
      // Nothing of the dialog is left in what stays.
      await terminal.waitFor((now) => now.screen().some((row) => row.includes('/help')));
      assert.ok(!terminal.scrollback().some((row) => /Run\?|May this/.test(row)));
    }
  });

  test('a hundred letters typed ahead allow nothing, and are in the prompt afterwards', async () => {
    const terminal = await openRepl();
    terminal.type('ask-later [{"path":"a"}]\r');
    await terminal.waitFor('Ctrl+C stops');
    for (let key = 0; key < 50; key++) terminal.type('y');
    await terminal.waitFor(asks);
    for (let key = 0; key < 50; key++) terminal.type('y');
    await answer(terminal, 'n');
    await terminal.waitFor('denied: no reason');
    await terminal.waitFor((now) => /y{22,}$/.test(promptRow(now)));
    assert.equal(
      terminal
        .lines()
        .join('')
        .match(/\* write_file/g)?.length,
      1,
    );
  });

  test('Ctrl+C and Escape stop the answer, and the next message is sent', async () => {
    const terminal = await openRepl();
    for (const key of ['\x03', '\x1b[27u']) {
      terminal.type('ask [{"path":"a"},{"path":"b"}]\r');
      await terminal.waitFor(asks);
      terminal.type(key);
      await terminal.waitFor((now) => isIdle(now) && promptRow(now) === '>');
      terminal.type('still here\r');
      await terminal.waitFor((now) => isIdle(now) && now.lines().filter((row) => row === '> still here').length > 0);
    }
    const cancelled = terminal.lines().filter((row) => row.includes('cancelled'));
    assert.equal(cancelled.length, 4);
  });
});
