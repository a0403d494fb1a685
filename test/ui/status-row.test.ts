import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import type { ReplStatus } from '../../src/ui/actions.ts';
import { createMeter, type TurnFigures } from '../../src/ui/figures.ts';
import { initialState, reduce } from '../../src/ui/state.ts';
import { statusRow } from '../../src/ui/status-row.ts';

const status: ReplStatus = {
  profile: '회사',
  kind: 'openai',
  model: 'vendor/large',
  target: 'nowhere',
  conversationId: 'c',
  contextWindow: 8192,
  price: { prompt: 1, completion: 4 },
  saved: true,
  system: undefined,
  tools: [],
  approval: 'ask',
  format: undefined,
};

const turn: TurnFigures = {
  contextTokens: 1234,
  tokensPerSecond: 45.4,
  firstWordMs: 210,
  usage: { promptTokens: 100_000, completionTokens: 50_000 },
};

function row(columns: number, change: Partial<ReplStatus> = {}): string {
  const state = reduce(initialState({ columns, rows: 24 }, status), { type: 'figures', turn });
  const look = { columns, theme: createTheme({ color: 0 }), hyperlinks: false };
  return statusRow({ ...state, status: { ...status, ...change } }, look);
}

test('the status says who answers and what the last answer took', () => {
  assert.equal(
    row(120),
    '회사 | vendor/large | context 1.2k of 8.2k (15 %) | 45 tokens/s | first word 0.2 s | cost 0.30 | /help',
  );
  assert.match(row(120, { conversationId: 'another' }), /^회사 \| vendor\/large \| \/help$/);
});

test('what has no room is left out from the right, and the row is never wider than the screen', () => {
  assert.equal(row(72), '회사 | vendor/large | context 1.2k of 8.2k (15 %) | 45 tokens/s | /help');
  assert.equal(row(40), '회사 | vendor/large | /help');
  assert.equal(row(20), '회사 | vend… | /help');
  for (let columns = 1; columns < 130; columns++) assert.ok(displayWidth(row(columns)) <= columns);
});

test('tools are named when they were switched or when there are none left', () => {
  const tool = { name: 'a', description: '', enabled: true, safe: true, source: 'built in', parameters: {} };
  const off = { ...tool, enabled: false };
  assert.doesNotMatch(row(120, { tools: [tool, off] }), /tools \|/);
  assert.match(row(120, { tools: [tool, { ...off, switched: true }] }), /1 of 2 tools/);
  assert.match(row(120, { tools: [off] }), /no tools/);
});

test('another model and a broken answer leave no figures of the last answer behind, but the cost', () => {
  const measured = reduce(initialState({ columns: 80, rows: 24 }, status), { type: 'figures', turn });
  const kept = reduce(measured, { type: 'finish', status });
  assert.equal(kept.figures?.contextTokens, 1234);
  const other = reduce(measured, { type: 'finish', status: { ...status, model: 'small' } });
  assert.deepEqual([other.figures?.contextTokens, other.figures?.cost?.toFixed(2)], [undefined, '0.30']);
  assert.equal(reduce(measured, { type: 'forget-figures' }).figures?.tokensPerSecond, undefined);
});

test('while something runs the row says what Enter does with a command', () => {
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  const hint = (text: string): string => {
    const running = reduce(initialState({ columns: 80, rows: 24 }, status), { type: 'start' });
    return statusRow(reduce(running, { type: 'edit', action: { type: 'insert', text } }), look);
  };
  assert.match(hint('/usage'), /Enter runs it now$/);
  assert.match(hint('/rename x'), /Enter queues it: it waits for the answer$/);
  assert.match(hint('hello'), /Enter queues, Ctrl\+C stops$/);
});

test('the cost of a conversation adds up, and starts again with another one', () => {
  const once = reduce(initialState({ columns: 80, rows: 24 }, status), { type: 'figures', turn });
  const twice = reduce(once, { type: 'figures', turn: { ...turn, contextTokens: undefined } });
  assert.equal(twice.figures?.cost?.toFixed(2), '0.60');
  assert.equal(twice.figures?.contextTokens, 1234);
  const other = reduce({ ...twice, status: { ...status, conversationId: 'd' } }, { type: 'figures', turn });
  assert.equal(other.figures?.cost?.toFixed(2), '0.30');
});

test('the speed counts the time of writing, not of tools and of waiting', () => {
  let nowMs = 0;
  const meter = createMeter(() => nowMs);
  const message = (promptTokens: number): TurnEvent => ({
    type: 'message',
    message: {
      id: 'm',
      parentId: null,
      at: '',
      message: {
        role: 'assistant',
        text: 'x',
        toolCalls: [],
        ending: 'stop',
        usage: { promptTokens, completionTokens: 50 },
      },
    },
  });
  const at = (ms: number, event: TurnEvent) => {
    nowMs = ms;
    return meter.take(event);
  };
  at(300, { type: 'reasoning-delta', text: 'a' });
  at(800, { type: 'text-delta', text: 'b' });
  at(1300, message(100));
  at(9000, { type: 'text-delta', text: 'c' });
  at(10_000, message(200));
  const figures = at(10_000, { type: 'turn-end', usage: { completionTokens: 100 }, outcome: { kind: 'aborted' } });
  assert.equal(figures?.firstWordMs, 300);
  assert.equal(figures?.tokensPerSecond, 50);
  assert.equal(figures?.contextTokens, 250);
});
