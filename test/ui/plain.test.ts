/** The REPL without a screen: lines in, lines out, nothing moved, nothing coloured. */

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { openTerminal, type Terminal } from '../support/pty.ts';
import { program } from './open-repl.ts';

async function openPlain(): Promise<Terminal> {
  const terminal = await openTerminal({ command: process.execPath, args: [program], env: { PLAIN: '1' } });
  after(() => terminal.close());
  await waitForPrompt(terminal);
  return terminal;
}

/** An empty prompt, and the cursor behind it. */
function waitForPrompt(terminal: Terminal): Promise<void> {
  return terminal.waitFor((now) => now.screen()[now.cursor().y] === '>' && now.cursor().x === 2);
}

async function send(terminal: Terminal, ...lines: readonly string[]): Promise<void> {
  await waitForPrompt(terminal);
  terminal.type(`${lines.join('\r')}\r`);
}

function told(terminal: Terminal): readonly string[] {
  return terminal.lines().filter((line) => line !== '');
}

describe('plain', { concurrency: 3 }, () => {
  test('an answer, a tool call, a command and a mistyped one are lines, and no escape sequence is written', async () => {
    const terminal = await openPlain();
    for (const [line, answer] of [
      ['say **bold** words', /^\*\*bold/],
      ['tool', 'three past nine'],
      ['/modle', 'did you mean'],
      ['/profile', 'a script'],
      ['attack', 'before after'],
    ] as const) {
      await send(terminal, line);
      await terminal.waitFor(answer);
      if (line !== '/profile') continue;
      await terminal.waitFor('Enter leaves');
      await new Promise((resolve) => setTimeout(resolve, 100));
      terminal.type('\r');
    }
    await waitForPrompt(terminal);
    const lines = told(terminal);
    assert.ok(lines.includes('**bold** words'), lines.join('\n'));
    assert.equal(lines.filter((line) => line === '> say **bold** words').length, 1);
    assert.ok(lines.some((line) => line.startsWith('* get_time Seoul ... 09:03 KST')));
    assert.ok(!terminal.raw.includes('\x1b'));
    terminal.type('\x04');
    assert.equal(await terminal.exit, 0);
  });

  test('Ctrl+C stops the answer, and twice on an empty line ends with 130; what is written meanwhile waits', async () => {
    const terminal = await openPlain();
    await send(terminal, 'hang');
    await terminal.waitFor('first');
    terminal.type('later\r');
    await terminal.waitFor('queued: later');
    terminal.type('\x03');
    await terminal.waitFor('[stopped]');
    await terminal.waitFor('1 waiting');
    terminal.type('\r');
    await terminal.waitFor('you said later');
    await waitForPrompt(terminal);
    terminal.type('\x03');
    await terminal.waitFor('Ctrl+C again');
    terminal.type('\x03');
    assert.equal(await terminal.exit, 130);
  });

  test('lines pasted together wait for an empty one, and a backslash goes on', async () => {
    const terminal = await openPlain();
    await send(terminal, 'one', 'two');
    await terminal.waitFor('2 lines, not sent yet');
    assert.ok(!terminal.raw.includes('you said'));
    terminal.type('\r');
    await terminal.waitFor(/you said one/);
    await waitForPrompt(terminal);
    terminal.type('three\\\r');
    await terminal.waitFor((now) => now.screen()[now.cursor().y] === '.');
    terminal.type('four\r');
    await terminal.waitFor(/you said three/);
  });

  test('what is said of a paste stands on a line of its own where the paste ends in half a line', async () => {
    const terminal = await openPlain();
    await waitForPrompt(terminal);
    terminal.type('one\rtwo\rthree');
    await terminal.waitFor('2 lines, not sent yet');
    assert.ok(told(terminal).some((line) => line.startsWith('- 2 lines')));
  });

  test('the prompt comes back when the program goes on after having been stopped', async () => {
    const terminal = await openPlain();
    await waitForPrompt(terminal);
    terminal.kill('SIGCONT');
    await terminal.waitFor(() => terminal.raw.endsWith('> > '));
  });

  test('/undo says what it took back before it shows it', async () => {
    const terminal = await openPlain();
    await send(terminal, 'first');
    await terminal.waitFor('you said first');
    await send(terminal, '/undo');
    await terminal.waitFor('Taken back');
    await terminal.waitFor('- not sent');
    const lines = told(terminal);
    const at = (start: string) => lines.findIndex((line) => line.startsWith(start));
    assert.ok(at('Taken back') < at('- not sent'));
  });

  test('a command runs beside a draft, and Ctrl+D has to be pressed twice to lose it', async () => {
    const terminal = await openPlain();
    await send(terminal, 'one', 'two');
    await terminal.waitFor('2 lines, not sent yet');
    await terminal.waitFor((now) => now.screen()[now.cursor().y] === '.');
    terminal.type('/model small\r');
    await terminal.waitFor('Model: small');
    await terminal.waitFor('still not sent');
    terminal.type('\x04');
    await terminal.waitFor('Ctrl+D again quits');
    terminal.type('\r');
    await terminal.waitFor(/you said one/);
    assert.ok(!told(terminal).some((line) => line.includes('you said one /model')));
    await waitForPrompt(terminal);
    terminal.type('\x04');
    assert.equal(await terminal.exit, 0);
  });

  test('a line that Ctrl+D ends is not sent, and is in the history when it is left so', async () => {
    const terminal = await openPlain();
    terminal.type('half a line');
    await terminal.waitFor('half a line');
    terminal.type('\x04\x04');
    await terminal.waitFor('Ctrl+D again quits');
    terminal.type('\x04');
    await terminal.waitFor('last entry: half a line');
    assert.equal(await terminal.exit, 0);
    assert.ok(!terminal.raw.includes('you said'));
  });

  test('what is written for an earlier message takes its place, without the keys the terminal does not know', async () => {
    const terminal = await openPlain();
    await send(terminal, 'fix');
    await terminal.waitFor('you said fix');
    await send(terminal, '/edit');
    await terminal.waitFor('takes its place');
    terminal.type('mended\x1b[D\x1b[D\x1bOC\r');
    await terminal.waitFor(/^you said mended$/m);
  });

  test('a list to choose from is numbered, and a number chooses', async () => {
    const terminal = await openPlain();
    await send(terminal, '/model');
    await terminal.waitFor(/Model, \d+ to choose from:/);
    const [, last = ''] = /^(?: *)(\d+)\. (.*)$/m.exec(told(terminal).join('\n')) ?? [];
    await terminal.waitFor('Enter leaves');
    await new Promise((resolve) => setTimeout(resolve, 100));
    terminal.type('99\r');
    await terminal.waitFor('99 is none of');
    await new Promise((resolve) => setTimeout(resolve, 100));
    terminal.type(`${last}\r`);
    await terminal.waitFor(/^Model: /m);
  });

  test('nothing of an answer follows Ctrl+C', async () => {
    const terminal = await openPlain();
    await send(terminal, 'hang');
    await terminal.waitFor('first');
    terminal.type('\x03');
    await terminal.waitFor('[stopped]');
    const lines = told(terminal);
    assert.match(lines[lines.findIndex((line) => line.includes('^C')) + 1] ?? '', /^\[stopped\]/);
  });

  test('a call is asked about in words, and runs only when the person says so', async () => {
    const terminal = await openPlain();
    await send(terminal, 'ask [{"path":"a"},{"path":"b"}]');
    await terminal.waitFor(/Run write_file \(1 of 2\)/);
    await new Promise((resolve) => setTimeout(resolve, 100));
    terminal.type('y\r');
    await terminal.waitFor(/\(2 of 2\)/);
    await new Promise((resolve) => setTimeout(resolve, 100));
    terminal.type('\r');
    await waitForPrompt(terminal);
    const lines = told(terminal).filter((line) => line.startsWith('* write_file'));
    assert.match(lines.join(' '), /write_file a .*run.*write_file b .*denied/);
  });
});
