import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import type { ReplStatus } from '../../src/ui/actions.ts';
import { emptyEditor } from '../../src/ui/editor/editor.ts';
import { startVi, toNormal } from '../../src/ui/editor/vi/vi.ts';
import { initialState } from '../../src/ui/state.ts';
import { statusRow } from '../../src/ui/status-row.ts';

const status: ReplStatus = {
  profile: '회사',
  kind: 'openai',
  model: 'vendor/large',
  target: 'nowhere',
  conversationId: 'c',
  contextWindow: 8192,
  saved: true,
  system: undefined,
  tools: [],
  approval: 'ask',
  format: undefined,
  figures: { contextTokens: 1234, tokensPerSecond: 45.4, firstWordMs: 210, cost: 0.3 },
};

function row(columns: number, shown = status): string {
  const state = initialState({ columns, rows: 24 }, shown);
  const look = { columns, theme: createTheme({ color: 0 }), hyperlinks: false };
  return statusRow(state, look);
}

test('the status says who answers and what the last answer took', () => {
  assert.equal(
    row(120),
    '회사 | vendor/large | 1.2k of 8.2k (15 %) | 45 tokens/s | first word 0.2 s | cost 0.30 | /help',
  );
  const { figures: _, ...before } = status;
  assert.equal(row(120, before), '회사 | vendor/large | /help');
});

test('what has no room is left out from the right, and the row is never wider than the screen', () => {
  assert.equal(row(64), '회사 | vendor/large | 1.2k of 8.2k (15 %) | 45 tokens/s | /help');
  assert.equal(row(40), '회사 | vendor/large | /help');
  assert.equal(row(20), '회사 | vend… | /help');
  for (let columns = 1; columns < 130; columns++) assert.ok(displayWidth(row(columns)) <= columns);
});

test("vi's mode comes first, and is there however narrow the screen is", () => {
  const { vi } = toNormal({ vi: startVi(emptyEditor), editor: emptyEditor });
  const state = { ...initialState({ columns: 40, rows: 24 }, status), vi: { ...vi, typed: ['2', 'd'] } };
  const look = (columns: number) => ({ columns, theme: createTheme({ color: 0 }), hyperlinks: false });
  assert.equal(statusRow(state, look(40)), 'normal 2d | 회사 | vendor/large | /help');
  assert.equal(statusRow(state, look(12)), 'normal 2d |…');
  const editing = { kind: 'message', id: 'm', age: 3 } as const;
  assert.match(statusRow({ ...state, editing }, look(40)), /^normal 2d \| message 3 from/);
});
