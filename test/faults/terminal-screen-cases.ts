/** L01-L17, L35, L39-L43, L52-L65 on the screen of a terminal, with the scripted partner of test/ui. */

import assert from 'node:assert/strict';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl, promptRow } from '../ui/open-repl.ts';
import type { Case } from './chat.ts';

function assertRestored({ raw }: Terminal): void {
  for (const mode of ['?2004', '?1004', '?1049', '?1000', '?1006']) {
    assert.ok(raw.lastIndexOf(`\x1b[${mode}l`) >= raw.lastIndexOf(`\x1b[${mode}h`), `${mode} is left on`);
  }
  assert.ok(raw.lastIndexOf('\x1b[?25h') > raw.lastIndexOf('\x1b[?25l'), 'the cursor is hidden');
  assert.ok(raw.lastIndexOf('\x1b[?2026l') >= raw.lastIndexOf('\x1b[?2026h'), 'output is held back');
}

/** Typed, and sent when it is there: as a person does it, not as a paste. */
async function send(terminal: Terminal, text: string): Promise<void> {
  await terminal.waitFor(isIdle);
  terminal.type(text);
  await terminal.waitFor((now) => promptRow(now).endsWith(text));
  terminal.type('\r');
}

const empty = (now: Terminal): boolean => promptRow(now) === '>';

function bug(id: string, title: string, script: string, says: RegExp): Case {
  return {
    id,
    title,
    async run() {
      const terminal = await openRepl();
      await send(terminal, script);
      assert.notEqual(await terminal.exit, 0);
      assertRestored(terminal);
      assert.match(terminal.raw, says);
    },
  };
}

export const screenCases: readonly Case[] = [
  {
    id: 'L01 L02 L06 L13 L61',
    title: 'SIGPIPE is nothing, a backslash goes on, Ctrl+C clears, then hints, then ends with 130',
    async run() {
      const terminal = await openRepl();
      terminal.kill('SIGPIPE');
      terminal.type('one\\');
      await terminal.waitFor((now) => promptRow(now).endsWith('\\'));
      terminal.type('\r');
      await terminal.waitFor((now) => promptRow(now).trim() === '' && now.screen().some((row) => row === '> one'));
      terminal.type('\x03');
      await terminal.waitFor(empty);
      terminal.type('\x03');
      await terminal.waitFor('Ctrl+C again to quit');
      terminal.type('\x03');
      assert.equal(await terminal.exit, 130);
      assertRestored(terminal);
    },
  },
  {
    id: 'L03 L04 L05 L08',
    title: 'Ctrl+C in an answer keeps what came, in a question denies; Ctrl+D ends only an empty line',
    async run() {
      const terminal = await openRepl();
      await send(terminal, 'hang');
      await terminal.waitFor('first words');
      terminal.type('\x03');
      await terminal.waitFor('[stopped]');
      await send(terminal, 'ask [{"path":"a"}]');
      await terminal.waitFor('write_file');
      terminal.type('\x03');
      await terminal.waitFor(/\* write_file a \.\.\. cancelled/);
      await terminal.waitFor(isIdle);
      terminal.type('a\x04');
      await terminal.waitFor((now) => promptRow(now) === '> a');
      terminal.type('\x15');
      await terminal.waitFor(empty);
      terminal.type('\x04');
      assert.equal(await terminal.exit, 0);
      assertRestored(terminal);
    },
  },
  ...(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const).map((signal, index): Case => {
    const code = [130, 143, 129, 131][index];
    return {
      id: ['L09', 'L10', 'L11', 'L12'][index] ?? '',
      title: `${signal} ends with ${code} on a terminal as it was`,
      async run() {
        const terminal = await openRepl();
        terminal.kill(signal);
        assert.equal(await terminal.exit, code);
        assertRestored(terminal);
      },
    };
  }),
  bug('L15', 'a throw in a view', 'break-screen', /Symbol/),
  bug('L16', 'a rejection that nobody handles', 'reject', /nobody waited/),
  bug('L17', 'a throw in a timer', 'throw-later', /thrown in a timer/),
  {
    id: 'L38 L39',
    title: 'sizes that jump about, down to 1x1',
    async run() {
      const terminal = await openRepl();
      await send(terminal, 'lines 200');
      for (const [columns, rows] of [
        [60, 20],
        [5, 3],
        [1, 1],
        [300, 60],
        [20, 5],
        [80, 24],
      ] as const) {
        terminal.resize(columns, rows);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await terminal.waitFor((now) => isIdle(now) && now.lines().some((row) => row.includes('line 200')));
      assert.ok(!terminal.raw.includes('\x1b[3J'));
      terminal.type('still here');
      await terminal.waitFor('> still here');
    },
  },
  {
    id: 'L40 L41 L43 L63',
    title: '1,500 lines are in order above, nothing is wiped, and they cost at most five times their bytes',
    async run() {
      const terminal = await openRepl({ rows: 12 });
      const before = terminal.raw.length;
      await send(terminal, 'lines 1500');
      await terminal.waitFor((now) => isIdle(now) && now.lines().includes('- line 1500'));
      const lines = terminal.lines().filter((row) => row.startsWith('- line'));
      assert.deepEqual(
        lines,
        Array.from({ length: 1500 }, (_, index) => `- line ${index + 1}`),
      );
      assert.ok(terminal.lines().includes('hello from the harness'));
      assert.ok(!/\x1b\[[23]J|\x1b\[H/.test(terminal.raw));
      assert.ok(terminal.raw.length - before < 5 * lines.join('\n').length, `${terminal.raw.length - before} bytes`);
    },
  },
  {
    id: 'L42',
    title: 'a key is on the screen before the end of a long line that comes at once',
    async run() {
      const terminal = await openRepl();
      await send(terminal, 'hold 25000');
      await terminal.waitFor((now) => now.raw.includes('word20'));
      terminal.type('k');
      await terminal.waitFor((now) => promptRow(now) === '> k');
      assert.ok(!terminal.raw.includes('word25000'));
      await terminal.waitFor((now) => now.raw.includes('word25000'));
      terminal.type('\x03');
      await terminal.waitFor(isIdle);
      assert.deepEqual(
        terminal
          .lines()
          .join(' ')
          .match(/word\d+/g)?.length,
        25_000,
      );
    },
  },
  {
    id: 'L52 L54 L55 L56 L62 L64',
    title: 'Korean, Chinese and emoji stand where the cursor is, at any speed, with LANG=C, in few bytes a key',
    async run() {
      const terminal = await openRepl({ env: { LANG: 'C' } });
      terminal.type('한글 中文 👩‍👩‍👧‍👦é');
      await terminal.waitFor((now) => now.cursor().x === 2 + 4 + 1 + 4 + 1 + 2 + 1);
      for (const x of [14, 12, 11, 9, 7, 6, 4, 2]) {
        terminal.type('\x1b[D');
        await terminal.waitFor((now) => now.cursor().x === x);
      }
      terminal.type('\x0b');
      await terminal.waitFor(empty);
      const before = terminal.raw.length;
      terminal.type('k');
      await terminal.waitFor('> k');
      assert.ok(terminal.raw.length - before < 2048);
      for (const letter of 'abcdefghij'.repeat(30)) terminal.type(letter);
      const whole = `>k${'abcdefghij'.repeat(30)}`;
      await terminal.waitFor((now) => now.screen().join('').replaceAll(' ', '').includes(whole));
    },
  },
  {
    id: 'L62',
    title:
      'over a line of 300 ms there and back, answers of the terminal that come late are no text, and keys cost little',
    async run() {
      const terminal = await openRepl({
        env: { COLORS: '256' },
        background: '\x1b]11;rgb:ffff/ffff/ffff\x07',
        delayMs: 150,
      });
      await terminal.waitFor(isIdle);
      const before = terminal.raw.length;
      for (const letter of 'hello') terminal.type(letter);
      await terminal.waitFor((now) => promptRow(now) === '> hello' && now.raw.includes('\x1b[38;5;241m'));
      assert.ok(terminal.raw.length - before < 5 * 2048);
    },
  },
  {
    id: 'L65',
    title: 'what a library prints stands above the frame',
    async run() {
      const terminal = await openRepl();
      await send(terminal, 'log');
      await terminal.waitFor('a library speaks');
      terminal.type('go on');
      await terminal.waitFor('> go on');
      assert.equal(terminal.screen().filter((row) => row.startsWith('test |')).length, 1);
    },
  },
];
