import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIdle, openRepl, promptRow } from './open-repl.ts';

test('earlier messages come back to be written anew, and one that is left leaves the conversation as it was', async () => {
  const terminal = await openRepl();
  const idle = () => isIdle(terminal);
  for (const text of ['first', 'second']) {
    terminal.type(`${text}\r`);
    await terminal.waitFor(() => terminal.screen().some((row) => row.includes(`you said ${text}`)) && idle());
  }
  terminal.type('\x1b');
  await terminal.waitFor(/Esc again edits/);
  terminal.type('\x1b');
  await terminal.waitFor(/your last message: Enter branches, Esc leaves/);
  assert.match(promptRow(terminal), /^> second/);
  terminal.type('\x1b');
  await terminal.waitFor(() => promptRow(terminal).trim() === '>' && idle());

  terminal.type('/edit 2\r');
  await terminal.waitFor(/message 2 from the end: Enter branches/);
  terminal.type(' again\r');
  await terminal.waitFor(() => terminal.screen().includes('again') && idle());
  assert.ok(terminal.screen().some((row) => row.includes('another branch from here')));

  terminal.type('/undo\r');
  await terminal.waitFor(() => promptRow(terminal).startsWith('> first again'));
  terminal.type('\x03');
  terminal.type('/undo\r');
  await terminal.waitFor(/nothing to take back/);
});

test('/edit and Esc Esc bring a message back with its paste folded, and it is sent as it was', async () => {
  const terminal = await openRepl();
  const log = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n');
  terminal.type('echo ');
  terminal.type(`\x1b[200~${log}\x1b[201~`);
  await terminal.waitFor((now) => promptRow(now) === '> echo [pasted 30 lines]');
  terminal.type('\r');
  await terminal.waitFor(isIdle);
  terminal.type('\x1b');
  await terminal.waitFor('Esc again edits');
  terminal.type('\x1b');
  await terminal.waitFor((now) => promptRow(now) === '> echo [pasted 30 lines]');
  terminal.type('\x1b');
  await terminal.waitFor((now) => promptRow(now) === '>');
  terminal.type('/edit\r');
  await terminal.waitFor((now) => promptRow(now) === '> echo [pasted 30 lines]');
  terminal.type('\r');
  await terminal.waitFor('another branch');
});
