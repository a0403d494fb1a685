/** Structured answers in the cells of a terminal. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Terminal } from '../support/pty.ts';
import { isIdle, openRepl } from './open-repl.ts';

async function openStructured(size: { readonly columns: number; readonly rows: number }): Promise<Terminal> {
  const terminal = await openRepl(size);
  terminal.type('/schema people.json\r');
  await terminal.waitFor('/schema off ends it');
  await terminal.waitFor(isIdle);
  return terminal;
}

const people = '[{"이름":"홍길동","年龄":36,"x":"a"},{"이름":"Ada","年龄":9007199254740993,"x":"한글 \\u001b[2Jb"}]';

describe('structured answers', { concurrency: 2 }, () => {
  test('/schema switches, shows and ends it, and a wrong one changes nothing', async () => {
    const terminal = await openStructured({ columns: 80, rows: 24 });
    await terminal.waitFor((now) => now.screen().some((row) => row === 'test | small | schema people.json | /help'));
    terminal.type('/schema missing.json\r');
    await terminal.waitFor('error: there is no file missing.json');
    terminal.type('/schema\r');
    await terminal.waitFor('Every answer is held to: schema people.json');
    terminal.type("/schema 'name, age int'\r");
    await terminal.waitFor('Schema: name, age int');
    terminal.type('/schema off\r');
    await terminal.waitFor('Schema off.');
    await terminal.waitFor((now) => now.screen().some((row) => row === 'test | small | /help'));
    terminal.type('x {"a":1}\r');
    await terminal.waitFor('{"a":1}');
  });

  test('an answer grows as a tree, lower than the screen, and becomes a table', async () => {
    for (const size of [
      { columns: 80, rows: 24 },
      { columns: 40, rows: 15 },
    ]) {
      const terminal = await openStructured(size);
      terminal.type(`json-hold ${people.slice(0, 60)}\r`);
      await terminal.waitFor((now) => now.screen().includes('  年龄: 36') && now.screen().includes('- 이름: Ada'));
      terminal.type('\x03');
      await terminal.waitFor('[stopped]');
      await terminal.waitFor(isIdle);
      assert.ok(
        terminal.lines().some((row) => row.startsWith('[{"이름":"홍길동"')),
        'its text is kept',
      );
      terminal.type(`json ${people}\r`);
      await terminal.waitFor((now) => isIdle(now) && now.screen().some((row) => row.startsWith('이름  ')));
      const rows = terminal.screen();
      const top = rows.findIndex((row) => row.startsWith('이름  '));
      assert.deepEqual(rows.slice(top, top + 4), [
        '이름                年龄  x',
        '------  ----------------  ------',
        '홍길동                36  a',
        'Ada     9007199254740993  한글 b',
      ]);
    }
  });

  test('what does not fit stands above, and the whole is in the scrollback once', async () => {
    const terminal = await openStructured({ columns: 40, rows: 15 });
    const list = `[${Array.from({ length: 120 }, (_, index) => `"item ${index}"`).join()}`;
    terminal.type(`json-hold ${list}\r`);
    await terminal.waitFor((now) => now.screen().includes('- item 119'));
    assert.ok(terminal.screen().some((row) => /^\.\.\. 11\d lines above/.test(row)));
    terminal.type('\x03');
    await terminal.waitFor('[stopped]');
    await terminal.waitFor(isIdle);
    terminal.type(`json ${list}]\r`);
    await terminal.waitFor((now) => isIdle(now) && now.screen().includes('- item 119'));
    const items = terminal.lines().filter((row) => row.startsWith('- item'));
    assert.deepEqual(
      items,
      Array.from({ length: 120 }, (_, index) => `- item ${index}`),
    );
    assert.ok(!terminal.raw.includes('\x1b[3J'));
  });

  test('an answer that is wrong, cut or asked for again says so', async () => {
    const terminal = await openStructured({ columns: 80, rows: 24 });
    terminal.type('json-again\r');
    await terminal.waitFor('! asking again (1 of 2)');
    await terminal.waitFor('right: true');
    await terminal.waitFor(isIdle);
    assert.ok(!terminal.lines().some((row) => row.startsWith('wrong:')));
    terminal.type('json-wrong\r');
    await terminal.waitFor('{"name": "not **this**"}');
    await terminal.waitFor('error: the answer does not satisfy the schema after 3 attempts: /age is missing');
    await terminal.waitFor(isIdle);
    terminal.type('json-cut\r');
    await terminal.waitFor('! the answer was cut by the token limit');
    assert.ok(terminal.lines().includes('{"items": [1, 2'));
  });

  test('/save names the file it wrote, and /save! writes over one', async () => {
    const terminal = await openRepl();
    terminal.type('/save\r');
    await terminal.waitFor('error: /save needs a file');
    terminal.type('/save my rows.csv\r');
    await terminal.waitFor('saved my rows.csv');
    terminal.type('/save! chat.md\r');
    await terminal.waitFor('saved chat.md in place of the old one');
  });
});
