import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import type { ReplStatus } from '../../src/ui/actions.ts';
import { emptyEditor } from '../../src/ui/editor/editor.ts';
import { startVi, toNormal } from '../../src/ui/editor/vi/vi.ts';
import { outgoing } from '../../src/ui/outgoing.ts';
import { reduce } from '../../src/ui/reduce.ts';
import { initialState } from '../../src/ui/state.ts';
import { statusRow } from '../../src/ui/status-row.ts';

const status: ReplStatus = {
  profile: '회사',
  kind: 'openai',
  model: 'vendor/large',
  target: 'nowhere',
  conversationId: 'c',
  contextWindow: 8192,
  system: undefined,
  tools: [],
  approval: 'ask',
  format: undefined,
  figures: { contextTokens: 1234, tokensPerSecond: 45.4, firstWordMs: 210, cost: 0.3 },
};

function row(columns: number, shown: Partial<ReplStatus> = {}): string {
  const state = initialState({ columns, rows: 24 }, { ...status, ...shown });
  const look = { columns, theme: createTheme({ color: 0 }), hyperlinks: false };
  return statusRow(state, look);
}

test('the status says who answers and what the last answer took', () => {
  assert.equal(
    row(120),
    '회사 | vendor/large | context 1.2k of 8.2k (15 %) | 45 tokens/s | first word 0.2 s | cost 0.30 | /help',
  );
  const { figures: _, ...before } = status;
  const look = { columns: 120, theme: createTheme({ color: 0 }), hyperlinks: false };
  assert.equal(statusRow(initialState({ columns: 120, rows: 24 }, before), look), '회사 | vendor/large | /help');
});

test('what has no room is left out from the right, and the row is never wider than the screen', () => {
  assert.equal(row(72), '회사 | vendor/large | context 1.2k of 8.2k (15 %) | 45 tokens/s | /help');
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

test('tools are named when they were switched or when there are none left', () => {
  const tool = { name: 'a', description: '', enabled: true, safe: true, source: 'built in', parameters: {} };
  const off = { ...tool, enabled: false };
  assert.doesNotMatch(row(120, { tools: [tool, off] }), /tools \|/);
  assert.match(row(120, { tools: [tool, { ...off, switched: true }] }), /1 of 2 tools/);
  assert.match(row(120, { tools: [off] }), /no tools/);
});

test('while something runs the row says what Enter does with a command', () => {
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  const hint = (text: string): string => {
    const running = reduce(initialState({ columns: 80, rows: 24 }, status), { type: 'start' });
    return statusRow(reduce(running, { type: 'edit', action: { type: 'insert', text } }), look);
  };
  assert.match(hint('/help'), /Enter runs it now$/);
  assert.match(hint('/usage'), /Enter runs it when the answer has ended$/);
  assert.match(hint('/rename x'), /Enter queues it: it waits for the answer$/);
  assert.match(hint('hello'), /Enter queues, Ctrl\+C stops$/);
});

test('a key that quits says what waits', () => {
  const idle = initialState({ columns: 80, rows: 24 }, status);
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  const hint = (quitArmed: 'Ctrl+C' | 'Ctrl+D', count: number) =>
    statusRow({ ...idle, quitArmed, queue: Array(count).fill(outgoing('later')) }, look)
      .split(' | ')
      .at(-1);
  assert.equal(hint('Ctrl+C', 0), 'Ctrl+C again to quit');
  assert.equal(hint('Ctrl+C', 1), 'a message waits; Ctrl+C again quits');
  assert.equal(hint('Ctrl+C', 2), 'messages wait; Ctrl+C again quits');
  assert.equal(hint('Ctrl+D', 2), 'messages wait; Ctrl+D again quits');
});
