/** Ctrl+Z and fg, and being stopped from outside, in a shell that watches its jobs. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { isIdle, program } from './open-repl.ts';

async function openShell(): Promise<Terminal> {
  const terminal = await openTerminal({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    env: { PS1: 'shell> ', HISTFILE: '' },
  });
  after(() => terminal.close());
  await terminal.waitFor('shell>');
  terminal.type(`${process.execPath} ${program}\r`);
  await terminal.waitFor(isIdle);
  return terminal;
}

const isShell = (now: Terminal): boolean => (now.screen()[now.cursor().y] ?? '').startsWith('shell>');

test('Ctrl+Z puts the terminal back, fg takes it again, and the draft and the answer are still there', async () => {
  const terminal = await openShell();
  terminal.type('hang\r');
  await terminal.waitFor('first words');
  terminal.type('a draft\x1a');
  await terminal.waitFor(isShell);
  const off = terminal.raw.lastIndexOf('\x1b[?2004l', terminal.raw.lastIndexOf('Stopped'));
  assert.ok(off > terminal.raw.indexOf('\x1b[?2004h'), 'bracketed paste was left on');
  assert.ok(!terminal.screen().some((row) => row.startsWith('test |')), 'the frame was left on the screen');
  terminal.type('stty -a | grep -o "[-]*icanon"\r');
  await terminal.waitFor(/^icanon$/);
  terminal.type('fg\r');
  await terminal.waitFor((now) => now.screen().some((row) => row.startsWith('> a draft')));
  terminal.type('\x03');
  await terminal.waitFor('[stopped]');
  assert.equal(terminal.lines().filter((row) => row.includes('first words')).length, 1);
  terminal.type('\x15slow on and on\r');
  await terminal.waitFor((now) => now.lines().includes('on and on'));
});

// Where the child is found is Linux's way.
const skip = process.platform !== 'linux' && 'needs /proc';

test('after kill -STOP and fg the prompt is drawn below, in raw mode again', { skip }, async () => {
  const terminal = await openShell();
  terminal.type('abc');
  await terminal.waitFor('> abc');
  process.kill(childOf(terminal.pid), 'SIGSTOP');
  await terminal.waitFor(isShell);
  terminal.type('fg\r');
  await terminal.waitFor((now) => (now.screen()[now.cursor().y] ?? '').startsWith('> abc'));
  assert.ok(
    terminal.lines().some((row) => row.includes('Stopped')),
    'what the shell wrote was erased',
  );
  terminal.type('\x7f\x7fz');
  await terminal.waitFor('> az');
  terminal.type('\r');
  await terminal.waitFor('you said az');
});

function childOf(pid: number): number {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}
