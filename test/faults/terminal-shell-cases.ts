/** L14, L20-L24, L39: the REPL under a shell that watches its jobs, and without anybody. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { isIdle, program, promptRow } from '../ui/open-repl.ts';
import type { Case } from './chat.ts';

async function openShell(t: TestContext, command: string): Promise<Terminal> {
  const shell = { command: 'bash', args: ['--norc', '--noprofile', '-i'], env: { PS1: 'shell> ', HISTFILE: '' } };
  const terminal = await openTerminal(shell);
  t.after(() => terminal.close());
  await terminal.waitFor('shell>');
  terminal.type(`${command}\r`);
  await terminal.waitFor(isIdle);
  return terminal;
}

const run = `${process.execPath} ${program}`;
const inShell = (now: Terminal): boolean => promptRow(now).startsWith('shell>');

/** What the terminal is set to when the shell runs a command. */
async function assertSane(terminal: Terminal): Promise<void> {
  terminal.type('stty -a | grep -oE -- "-?(icanon|echo|isig)\\b" | tr "\\n" "+"\r');
  await terminal.waitFor(/^isig\+icanon\+echo\+/);
}

function childOf(pid: number): number {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
}

function isAlive(pid: number): boolean {
  try {
    // A zombie is dead: whoever would bury it went first.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

const holder = `
import { spawn } from '@lydell/node-pty';
const pty = spawn(process.execPath, [process.argv[1]], { name: 'xterm-256color', env: process.env });
let seen = '';
pty.onData((data) => {
  seen += data;
  if (seen.includes('/help')) pty.write('hang\\r');
  if (seen.includes('first words')) console.log(pty.pid);
});
`;

export const shellCases: readonly Case[] = [
  {
    id: 'L14',
    title: 'a terminal that is closed in the middle of an answer takes the program along',
    async run() {
      const cwd = fileURLToPath(new URL('../..', import.meta.url));
      const window = spawn(process.execPath, ['--input-type=module', '-e', holder, program], { cwd });
      const [printed] = (await once(window.stdout, 'data')) as [Buffer];
      const pid = Number.parseInt(printed.toString(), 10);
      window.kill('SIGKILL');
      // The 2 s it has are not measured: it would stay for ever.
      for (let count = 0; isAlive(pid) && count < 100; count++) await sleep(50);
      assert.ok(!isAlive(pid), 'it goes on without a terminal');
    },
  },
  {
    id: 'L21 L23 L24',
    title: 'Ctrl+Z in an answer, bg, which stops again, and fg',
    async run(t) {
      const terminal = await openShell(t, run);
      for (const text of ['hang', '\r']) {
        terminal.type(text);
        await terminal.waitFor(text === '\r' ? 'first words' : '> hang');
      }
      terminal.type('\x1a');
      await terminal.waitFor(inShell);
      await assertSane(terminal);
      terminal.type('bg\r');
      await terminal.waitFor(/Stopped.*\n?/);
      terminal.type('fg\r');
      await terminal.waitFor((now) => promptRow(now) === '>');
      terminal.type('\x03');
      await terminal.waitFor('[stopped]');
    },
  },
  {
    id: 'L20 L22 L39',
    title: 'a terminal of no size; kill -STOP and fg; kill -9 and another start',
    async run(t) {
      const terminal = await openShell(t, `stty cols 0 rows 0; ${run}`);
      terminal.type('abc');
      await terminal.waitFor('> abc');
      process.kill(childOf(terminal.pid), 'SIGSTOP');
      await terminal.waitFor(inShell);
      terminal.type('fg\r');
      await terminal.waitFor((now) => promptRow(now) === '> abc');
      process.kill(childOf(terminal.pid), 'SIGKILL');
      await terminal.waitFor(inShell);
      terminal.type(`${run}\r`);
      await terminal.waitFor((now) => promptRow(now) === '>');
      terminal.type('\x04');
      await terminal.waitFor('ended 0');
      await terminal.waitFor(inShell);
      await assertSane(terminal);
    },
  },
];
