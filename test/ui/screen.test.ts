/** What a person sees: on a pty, in the cells of a terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl, promptRow } from './open-repl.ts';

/** Types and waits until the prompt shows it. */
async function typed(terminal: Terminal, text: string): Promise<void> {
  terminal.type(text);
  await terminal.waitFor((now) => promptRow(now).includes(text.slice(-4)));
}

describe('the screen', { concurrency: 3 }, () => {
  test('the real cursor stands at the insertion point for every grapheme, also where a line breaks', async () => {
    const terminal = await openRepl({ columns: 24 });
    const words = ['한', '글', 'ㅎ', '각'.normalize('NFD'), '中', 'e\u0301', '👩‍👩‍👧‍👦', '🇰🇷', '👍🏽', 'a'];
    const columns = 24 - 3;
    let x = 0;
    let y = 2;
    for (const word of [...words, ...words]) {
      terminal.type(word);
      const width = stringWidth(word);
      if (x + width > columns) {
        x = 0;
        y += 1;
      }
      x += width;
      await terminal.waitFor(({ cursor }) => cursor().x === 2 + x && cursor().y === y);
    }
    // The emulator has put the last character where we say it is.
    assert.equal(promptRow(terminal).at(-1), 'a');
    terminal.type('\x1b[H');
    await terminal.waitFor(({ cursor }) => cursor().x === 2 && cursor().y === 2);
    terminal.type('\x1b[C\x1b[C\x1b[C');
    await terminal.waitFor(({ cursor }) => cursor().x === 2 + 6 && cursor().y === 2);
    assert.match(promptRow(terminal), /^> 한글ㅎ/);
  });

  test('an answer is drawn while it arrives, and its finished blocks are in the scrollback before its end', async () => {
    const terminal = await openRepl({ rows: 10 });
    terminal.type('slow one two three four five six seven eight nine ten\r');
    await terminal.waitFor((now) => now.screen().some((row) => row.includes('one')) && !isIdle(now));
    await terminal.waitFor(isIdle);
    terminal.type('lines 200\r');
    await terminal.waitFor((now) => now.scrollback().some((row) => row.includes('line 5')) && !isIdle(now));
    await terminal.waitFor((now) => now.screen().some((row) => row.includes('line 200')) && isIdle(now));
    const lines = terminal.lines().filter((row) => row.startsWith('- line'));
    assert.deepEqual(
      lines,
      Array.from({ length: 200 }, (_, index) => `- line ${index + 1}`),
    );
    assert.ok(!terminal.raw.includes('\x1b[3J'));
  });

  test('a long line of code is one line for a copy, and what follows stands below it', async () => {
    const terminal = await openRepl({ columns: 40, rows: 15 });
    const line = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ');
    terminal.type(`\x1b[200~say before\n\n\`\`\`\n${line}\n\`\`\`\n\nafter it\x1b[201~`);
    await terminal.waitFor((now) => now.screen().includes('  after it'));
    terminal.type('\r');
    await terminal.waitFor((now) => now.screen().includes('after it') && isIdle(now));
    assert.ok(terminal.raw.includes(line));
    terminal.type('say more\r');
    await terminal.waitFor((now) => now.screen().includes('more') && isIdle(now));
    const rows = terminal.lines();
    const first = rows.lastIndexOf('before');
    assert.equal(
      rows
        .slice(first + 2, rows.indexOf('', first + 2))
        .join('')
        .replaceAll(' ', ''),
      line.replaceAll(' ', ''),
    );
    assert.equal(rows.filter((row) => row === 'after it').length, 1);
  });

  test('an unfinished block higher than the screen never fills it, and is whole in the end', async () => {
    for (const [columns, rows] of [
      [40, 15],
      [20, 5],
    ] as const) {
      const terminal = await openRepl({ columns, rows });
      terminal.type('paragraph 300\r');
      await terminal.waitFor((now) => now.screen().some((row) => row.includes('word150')) || isIdle(now));
      await terminal.waitFor((now) => isIdle(now) && now.lines().some((row) => row.includes('word300')));
      const words =
        terminal
          .lines()
          .join('\n')
          .match(/word\d+/g) ?? [];
      assert.deepEqual(
        words,
        Array.from({ length: 300 }, (_, index) => `word${index + 1}`),
      );
    }
  });

  test('tools, reasoning, errors and stops each have a line in words', async () => {
    const terminal = await openRepl();
    terminal.type('tool\r');
    await terminal.waitFor('* get_time Seoul ... 09:03 KST (0.1 s)');
    await terminal.waitFor(isIdle);
    terminal.type('think\r');
    await terminal.waitFor('  Yes, that is it.');
    await terminal.waitFor(isIdle);
    terminal.type('fail\r');
    await terminal.waitFor('error: http://127.0.0.1:9 refused the connection; is the server running?');
    await terminal.waitFor(isIdle);
    terminal.type('hang\r');
    await terminal.waitFor('first words');
    terminal.type('\x1b[27u');
    await terminal.waitFor('[stopped]');
    await terminal.waitFor(isIdle);
    terminal.type('still here\r');
    await terminal.waitFor('> still here');
  });

  test('Ctrl+O prints what went into the last calls and came out, and does so for later ones until it is pressed again', async () => {
    const terminal = await openRepl({ columns: 40, rows: 15 });
    const count = (row: string): number => terminal.lines().filter((line) => line === row).length;
    terminal.type('tool\r');
    await terminal.waitFor((now) => now.lines().includes('It is three past nine.') && isIdle(now));
    terminal.type('\x0f');
    await terminal.waitFor('- tool details on');
    await terminal.waitFor((now) => now.lines().includes('    place: "Seoul" (5 characters)'));
    terminal.type('tool\r');
    await terminal.waitFor((now) => isIdle(now) && count('It is three past nine.') === 2);
    assert.equal(count('    place: "Seoul" (5 characters)'), 2);
    terminal.type('\x0f');
    await terminal.waitFor('- tool details off');
    terminal.type('tool\r');
    await terminal.waitFor((now) => isIdle(now) && count('It is three past nine.') === 3);
    assert.equal(count('    place: "Seoul" (5 characters)'), 2);
  });

  test('what an answer contains cannot drive the terminal', async () => {
    const terminal = await openRepl();
    terminal.type('attack\r');
    await terminal.waitFor('before after');
    assert.ok(!/\x1b\[[23]J|\x1b\]/.test(terminal.raw));
    assert.equal(terminal.screen()[0], 'hello from the harness');
  });

  test('a message written during an answer waits, and can be taken back', async () => {
    const terminal = await openRepl();
    terminal.type('silent\r');
    await terminal.waitFor('Ctrl+C stops');
    terminal.type('second\r');
    await terminal.waitFor('queued: second');
    terminal.type('\x1b[1;3A');
    await terminal.waitFor((now) => promptRow(now) === '> second');
    terminal.type('\r');
    await terminal.waitFor('queued: second');
    // Stopped by the person: what was queued waits for them.
    terminal.type('\x03');
    await terminal.waitFor('[stopped]');
    await terminal.waitFor('waiting: second');
    terminal.type('\x1b[1;3A');
    await terminal.waitFor((now) => promptRow(now) === '> second');
    terminal.type('\x15slow a b c d e f\r');
    await terminal.waitFor('Ctrl+C stops');
    terminal.type('say next\r');
    await terminal.waitFor((now) => isIdle(now) && now.lines().includes('next'));
    const order = terminal.lines().filter((row) => row.startsWith('> s'));
    assert.deepEqual(order, ['> silent', '> slow a b c d e f', '> say next']);
  });

  test('Up brings back what was sent, Down the draft', async () => {
    const terminal = await openRepl();
    terminal.type('x hello\r');
    await terminal.waitFor((now) => now.lines().includes('hello') && isIdle(now));
    await typed(terminal, 'my draft');
    terminal.type('\x1b[A');
    await terminal.waitFor((now) => promptRow(now) === '> x hello');
    terminal.type('\x1b[A');
    await terminal.waitFor((now) => promptRow(now) === '> an older message');
    terminal.type('\x1b[B\x1b[B');
    await terminal.waitFor((now) => promptRow(now) === '> my draft');
  });

  test('commands answer in the transcript, and an unknown one is not sent and is one Up away', async () => {
    const terminal = await openRepl();
    terminal.type('/hlep\r');
    await terminal.waitFor('did you mean /help?');
    terminal.type('\x1b[A');
    await terminal.waitFor((now) => promptRow(now) === '> /hlep');
    assert.ok(!terminal.lines().includes('you said /hlep'));
    terminal.type('\x15/model\r');
    await terminal.waitFor(/^ {2}large$/);
    terminal.type('large\r');
    await terminal.waitFor('test | large');
    terminal.type('/tools get_time off\r');
    await terminal.waitFor('get_time is off.');
    terminal.type('/tools\r');
    await terminal.waitFor(/^off get_time {2}safe, built in: the time somewhere$/);
    terminal.type('/tools get_time\r');
    await terminal.waitFor('      "type": "string"');
    terminal.type('/approve all\r');
    await terminal.waitFor('| tools run unasked | /help');
    terminal.type('/approve sometimes\r');
    await terminal.waitFor('error: unknown: sometimes; ask, safe, never or all');
    terminal.type('/profile nowhere\r');
    await terminal.waitFor('error: there is no profile nowhere (/profile lists them)');
    terminal.type('//slash\r');
    await terminal.waitFor('you said /slash');
  });

  test('a paste of several lines is text: shown, never sent by itself', async () => {
    const terminal = await openRepl();
    terminal.type('\x1b[200~first\r\nsecond\tx\rthird\x1b[201~');
    await terminal.waitFor((now) => promptRow(now) === '  third');
    assert.deepEqual(terminal.screen().slice(2, 5), ['> first', '  second    x', '  third']);
    terminal.type('!\\\rmore\n\x1b\r');
    await terminal.waitFor((now) => now.screen()[8]?.startsWith('test') === true);
    terminal.type('\r');
    await terminal.waitFor('you said first');
    await terminal.waitFor('third!');
  });
});
