import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIdle, openRepl } from './open-repl.ts';

test('Ctrl+T folds reasoning, Alt+M shows the source, code has colours, and /theme none takes them', async () => {
  const terminal = await openRepl();
  terminal.type('\x14');
  await terminal.waitFor('reasoning is one line');
  terminal.type('think\r');
  await terminal.waitFor(/^thought for \d+(\.\d)? s, 7 words/);
  assert.ok(!terminal.screen().some((row) => row.includes('Let me see.')));
  await terminal.waitFor(isIdle);
  terminal.type('\x14');
  await terminal.waitFor('Let me see.');

  terminal.type('say **bold** and `code`\r');
  await terminal.waitFor(/^bold and code/);
  await terminal.waitFor(isIdle);
  terminal.type('\x1bm');
  await terminal.waitFor(/\| source \|/);

  terminal.type('/theme none\r');
  await terminal.waitFor('Theme: none');
  const before = terminal.raw.length;
  terminal.type('say **again**\r');
  await terminal.waitFor(/^\*\*again\*\*/);
  assert.doesNotMatch(terminal.raw.slice(before), /\x1b\[(?:[1-9]|3\d)m/);
});
