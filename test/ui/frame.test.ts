import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safe } from '../../src/terminal/safe.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { layFrame, tailLines } from '../../src/ui/frame.ts';
import { rowsGained, terminalReflows } from '../../src/ui/reflow.ts';
import { initialState, type ReplState, reduce } from '../../src/ui/state.ts';

const status = {
  profile: 'a profile',
  kind: 'openai',
  model: 'vendor/a-model-with-a-long-name',
  target: 'nowhere',
  conversationId: 'c',
  saved: true,
  system: undefined,
  tools: [],
};

function busyState(columns: number, rows: number): ReplState {
  const text = `${'한국어 문장 '.repeat(40)}\n${'x'.repeat(300)}`;
  const blocks = [{ kind: 'markdown', source: sanitize('word '.repeat(2000)), gap: false }] as const;
  return [
    { type: 'start' } as const,
    { type: 'print', passages: [], live: { tail: { kind: 'answer', first: true, blocks }, tools: [] } } as const,
    { type: 'enqueue', text: 'one more' } as const,
    { type: 'edit', action: { type: 'insert', text } } as const,
  ].reduce(reduce, initialState({ columns, rows }, status));
}

test('the live region is lower and no wider than the screen, whatever its size, with the caret inside', () => {
  for (let columns = 1; columns <= 90; columns += 3) {
    for (let rows = 1; rows <= 40; rows += 2) {
      const state = busyState(columns, rows);
      const look = { columns, theme: createTheme({ color: 1 }), hyperlinks: false };
      const frame = layFrame(state, look, tailLines(state.running?.live.tail, look));
      assert.ok(frame.rows.length <= Math.max(1, rows - 1), `${columns}x${rows}: ${frame.rows.length} rows`);
      assert.ok(frame.caret.x < columns && frame.caret.y < frame.rows.length);
      if (columns < 8) continue;
      for (const row of frame.rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
    }
  }
});

test('a cut tail says how much of it stands above', () => {
  const state = busyState(40, 24);
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  const { rows } = layFrame(state, look, tailLines(state.running?.live.tail, look));
  assert.match(rows[0] ?? '', /^\.\.\. \d+ lines above are still/);
});

test('rows that a narrower terminal wraps are counted above the caret only', () => {
  const rows = [safe`0123456789`, safe`01234`, safe`> `, safe`0123456789`];
  assert.equal(rowsGained({ rows, caret: { x: 2, y: 2 } }, 10), 0);
  assert.equal(rowsGained({ rows, caret: { x: 2, y: 2 } }, 4), 3);
});

test('terminals that cut instead of wrapping are known', () => {
  assert.equal(terminalReflows({ TERM: 'xterm-256color' }), true);
  assert.equal(terminalReflows({ TERM: 'screen', TMUX: '/tmp/tmux' }), true);
  assert.equal(terminalReflows({ TERM: 'screen' }), false);
  assert.equal(terminalReflows({ TERM: 'linux' }), false);
  assert.equal(terminalReflows({ TERM: 'xterm', XTERM_VERSION: 'XTerm(390)' }), false);
});
