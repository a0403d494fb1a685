import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { layFrame, tailLines } from '../../src/ui/frame.ts';
import { outgoing } from '../../src/ui/outgoing.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { initialState, type ReplState } from '../../src/ui/state.ts';
import { idleStatus } from '../support/idle-status.ts';

const status = { ...idleStatus, profile: 'a profile', model: 'vendor/a-model-with-a-long-name' };

function busyState(columns: number, rows: number): ReplState {
  const text = `${'한국어 문장 '.repeat(40)}\n${'x'.repeat(300)}`;
  const blocks = [{ kind: 'markdown', source: sanitize('word '.repeat(2000)), gap: false }] as const;
  return [
    { type: 'start' } as const,
    { type: 'print', passages: [], live: { tail: { kind: 'answer', first: true, blocks }, tools: [] } } as const,
    { type: 'enqueue', queued: outgoing('one more') } as const,
    { type: 'edit', action: { type: 'insert', text } } as const,
  ].reduce(reduce, initialState({ columns, rows }, status));
}

test('the live region is lower and no wider than the screen, whatever its size, with the caret inside', () => {
  for (let columns = 1; columns <= 90; columns += 3) {
    for (let rows = 1; rows <= 40; rows += 2) {
      const state = busyState(columns, rows);
      const look = { columns, theme: createTheme({ color: 1 }), hyperlinks: false };
      const frame = layFrame(state, look, tailLines(state.running?.live.tail, look, state.rows));
      assert.ok(frame.rows.length <= Math.max(1, rows - 1), `${columns}x${rows}: ${frame.rows.length} rows`);
      assert.ok(frame.caret.x < columns && frame.caret.y < frame.rows.length);
      if (columns < 8) continue;
      for (const row of frame.rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
    }
  }
});

test('a value that grows leaves the live region as low and as narrow, at any size', () => {
  const value = `{"목록": [{"이름": "홍길동", "text": "${'한국어 words '.repeat(900)}`;
  for (const tail of [
    { kind: 'value', first: true, text: value },
    { kind: 'value', first: true, text: `Here it is: ${value}` },
    { kind: 'large-value', first: true, bytes: 300_000 },
  ] as const) {
    for (const [columns, rows] of [
      [80, 24],
      [40, 15],
      [20, 5],
      [8, 3],
    ] as const) {
      const state = reduce(busyState(columns, rows), { type: 'print', passages: [], live: { tail, tools: [] } });
      const look = { columns, theme: createTheme({ color: 1 }), hyperlinks: false };
      const frame = layFrame(state, look, tailLines(tail, look, rows));
      assert.ok(frame.rows.length < rows, `${columns}x${rows}: ${frame.rows.length} rows`);
      for (const row of frame.rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
    }
  }
});

test('the status says what answers are held to, however long that is', () => {
  const schema = { kind: 'json-schema', source: `{"type":\n${'x'.repeat(9000)}` } as const;
  const state = initialState({ columns: 80, rows: 24 }, { ...status, model: 'm', format: schema });
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  const { rows } = layFrame(state, look, tailLines(undefined, look, 24));
  assert.match(rows.at(-1) ?? '', /^a profile \| m \| schema \{"type": x+… \| \/help$/);
});

test('a cut tail says how much of it stands above', () => {
  const state = busyState(40, 24);
  const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
  const { rows } = layFrame(state, look, tailLines(state.running?.live.tail, look, state.rows));
  assert.match(rows[0] ?? '', /^\.\.\. \d+ lines above are still/);
});
