/** vi mode on a terminal: how it is switched, seen, and put away. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ReplStatus } from '../../src/ui/actions.ts';
import { followCursorShape } from '../../src/ui/cursor-shape.ts';
import { emptyEditor } from '../../src/ui/editor/editor.ts';
import { startVi } from '../../src/ui/editor/vi/vi.ts';
import { initialState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import type { Terminal } from '../support/pty.ts';
import { openRepl, promptRow } from './open-repl.ts';

const bar = '\x1b[6 q';
const block = '\x1b[2 q';
const own = '\x1b[0 q';

const scriptedStatus: ReplStatus = {
  profile: 'test',
  kind: 'demo',
  model: undefined,
  target: 'nowhere',
  conversationId: 'c',
  system: undefined,
  tools: [],
  approval: 'ask',
  format: undefined,
};

async function openVi(env: Readonly<Record<string, string>> = {}): Promise<Terminal> {
  const terminal = await openRepl({ env });
  assert.ok(!terminal.raw.includes(' q'), 'without vi mode the cursor is left alone');
  terminal.type('/vi\r');
  await terminal.waitFor('vi mode is on');
  await terminal.waitFor(/^insert \| test/);
  assert.ok(terminal.raw.includes(bar));
  return terminal;
}

describe('vi mode', { concurrency: 3 }, () => {
  test('the mode is a word and a shape of the cursor, and Enter sends from both', async () => {
    const terminal = await openVi();
    terminal.type('one 한국');
    await terminal.waitFor((now) => promptRow(now) === '> one 한국');
    terminal.type('\x1b');
    await terminal.waitFor(/^normal \| test/);
    assert.ok(terminal.raw.lastIndexOf(block) > terminal.raw.lastIndexOf(bar));
    terminal.type('x2');
    await terminal.waitFor(/^normal 2 \| test/);
    terminal.type('b');
    await terminal.waitFor((now) => promptRow(now) === '> one 한' && now.cursor().x === 2);
    terminal.type('\r');
    await terminal.waitFor(/^한$/);
    await terminal.waitFor(/^insert \| test/);
    terminal.type('/vi\r');
    await terminal.waitFor('vi mode is off');
    await terminal.waitFor(/^test \|/);
    assert.ok(terminal.raw.lastIndexOf(own) > terminal.raw.lastIndexOf(bar));
  });

  test('Esc with a command right behind it is two keys, and a paste is no command', async () => {
    const terminal = await openVi();
    terminal.type('one two\x1bbD');
    await terminal.waitFor((now) => promptRow(now) === '> one');
    terminal.type('\x1b[200~dd\x1b[201~');
    await terminal.waitFor((now) => promptRow(now) === '> one dd');
    await terminal.waitFor(/^normal \| test/);
  });

  test('Esc in normal mode stops the answer, and twice brings the last message back', async () => {
    const terminal = await openVi();
    terminal.type('hang\r');
    await terminal.waitFor('first words');
    terminal.type('\x1b');
    await terminal.waitFor(/^normal/);
    assert.ok(!terminal.lines().some((row) => row.includes('[stopped]')));
    terminal.type('\x1b');
    await terminal.waitFor('[stopped]');
    await terminal.waitFor((now) => now.screen().some((row) => row.endsWith('| /help')));
    terminal.type('\x1b');
    await terminal.waitFor('Esc again edits');
    terminal.type('\x1b');
    await terminal.waitFor((now) => promptRow(now) === '> hang');
    await terminal.waitFor(/^insert \| test/);
  });

  test('the cursor has its own shape again after a signal that nobody listens to', async () => {
    const terminal = await openVi();
    terminal.kill('SIGTERM');
    assert.equal(await terminal.exit, 143);
    assert.ok(terminal.raw.lastIndexOf(own) > terminal.raw.lastIndexOf(bar));
  });

  test('another program gets the cursor in its own shape, and vi has it back', async () => {
    const terminal = await openVi();
    terminal.type('text\x1b');
    await terminal.waitFor(/^normal \| test/);
    terminal.type('v');
    await terminal.waitFor((now) => promptRow(now) === '> text, edited');
    assert.ok(terminal.raw.lastIndexOf(own) > terminal.raw.indexOf(block));
    assert.ok(terminal.raw.lastIndexOf(bar) > terminal.raw.lastIndexOf(own));
  });
});

test('the console of Linux, which prints what it does not know, gets no shape', () => {
  const shapes: unknown[] = [];
  const store = createStore(initialState({ columns: 80, rows: 24 }, scriptedStatus));
  const input = { showCursor: (shape: unknown) => shapes.push(shape) };
  followCursorShape(store, input, 'linux');
  store.dispatch({ type: 'vi', vi: startVi(emptyEditor), editor: emptyEditor });
  assert.deepEqual(shapes, []);
  followCursorShape(store, input, 'xterm');
  store.dispatch({ type: 'edit', action: { type: 'insert', text: 'a' } });
  assert.deepEqual(shapes, ['bar']);
});

test('--plain has no vi mode, and says so', async () => {
  const terminal = await openRepl({ env: { PLAIN: '1' } });
  terminal.type('/vi\r');
  await terminal.waitFor('without vi mode');
});
