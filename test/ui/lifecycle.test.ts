/** However the REPL ends, the terminal is as it was, and the exit code says why. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../support/pty.ts';
import { openRepl, promptRow } from './open-repl.ts';

function assertRestored(terminal: Terminal): void {
  const last = (on: string, off: string): boolean => terminal.raw.lastIndexOf(off) > terminal.raw.lastIndexOf(on);
  assert.ok(last('\x1b[?2004h', '\x1b[?2004l'), 'bracketed paste is off');
  assert.ok(last('\x1b[?25l', '\x1b[?25h'), 'the cursor is shown');
  assert.ok(last('\x1b[?2026h', '\x1b[?2026l'), 'synchronised output is off');
}

describe('the end', { concurrency: 3 }, () => {
  test('Ctrl+D on an empty line is 0; with text it deletes forward', async () => {
    const terminal = await openRepl();
    terminal.type('ab\x01\x04');
    await terminal.waitFor((now) => promptRow(now) === '> b');
    terminal.type('\x04\x04');
    assert.equal(await terminal.exit, 0);
    await terminal.waitFor('ended 0 raw=false');
    assertRestored(terminal);
    assert.ok(!terminal.screen().some((row) => row.startsWith('test |')), 'the prompt and its status are gone');
  });

  test('Ctrl+C clears a line, asks on an empty one, and quits with 130', async () => {
    const terminal = await openRepl();
    terminal.type('something');
    await terminal.waitFor('something');
    terminal.type('\x03');
    await terminal.waitFor((now) => promptRow(now) === '>');
    terminal.type('\x03');
    await terminal.waitFor('Ctrl+C again to quit');
    terminal.type('\x03');
    assert.equal(await terminal.exit, 130);
    assertRestored(terminal);
  });

  test('/quit during an answer stops it first', async () => {
    const terminal = await openRepl();
    terminal.type('hang\r');
    await terminal.waitFor('first words');
    terminal.type('/quit\r');
    assert.equal(await terminal.exit, 0);
    await terminal.waitFor('[stopped]');
    assertRestored(terminal);
  });

  test('a shutdown in the middle of an answer keeps what came and ends with its code', async () => {
    const terminal = await openRepl({ env: { HANDLE_SIGTERM: '1' } });
    terminal.type('hang\r');
    await terminal.waitFor('first words');
    terminal.kill('SIGTERM');
    assert.equal(await terminal.exit, 143);
    await terminal.waitFor('[stopped]');
    assertRestored(terminal);
  });

  test('a signal nobody listens to restores the terminal too', async () => {
    const terminal = await openRepl();
    terminal.kill('SIGTERM');
    assert.equal(await terminal.exit, 143);
    assertRestored(terminal);
  });

  test('a bug in the session ends the REPL with a stack, on a restored terminal', async () => {
    const terminal = await openRepl();
    terminal.type('crash\r');
    assert.notEqual(await terminal.exit, 0);
    await terminal.waitFor('a bug in the session');
    assertRestored(terminal);
  });

  test('the first prompt is sent at once when one is given', async () => {
    const terminal = await openRepl({ env: { INITIAL: 'good morning' } });
    await terminal.waitFor((now) => now.lines().includes('morning'));
    await terminal.waitFor('/help');
  });

  test('the kitty protocol is turned on only where the terminal speaks it, and off again', async () => {
    const terminal = await openRepl();
    assert.ok(!terminal.raw.includes('\x1b[>5u'));
    terminal.type('\x1b[?0u');
    await terminal.waitFor((now) => now.raw.includes('\x1b[>5u'));
    terminal.type('a\x1b[13;2ub');
    await terminal.waitFor((now) => promptRow(now) === '  b');
    terminal.type('\x1b[99;5u\x04');
    assert.equal(await terminal.exit, 0);
    assert.ok(terminal.raw.includes('\x1b[<u'));
  });
});
