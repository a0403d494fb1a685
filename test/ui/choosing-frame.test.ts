import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { offer } from '../../src/ui/completion/completing.ts';
import { layFrame } from '../../src/ui/frame.ts';
import { outgoing } from '../../src/ui/outgoing.ts';
import { type ReplAction, reduce } from '../../src/ui/reduce.ts';
import { initialState, type ReplState } from '../../src/ui/state.ts';
import { idleStatus } from '../support/idle-status.ts';

const status = { ...idleStatus, profile: 'a profile', model: 'a model' };

function after(size: { readonly columns: number; readonly rows: number }, ...actions: ReplAction[]): ReplState {
  return actions.reduce(reduce, initialState(size, status));
}

const candidates = Array.from({ length: 40 }, (_, index) => ({ value: `@파일-${index}.txt `, detail: 'a file' }));
const written: ReplAction = { type: 'edit', action: { type: 'insert', text: `${'words '.repeat(60)}@파` } };
const offered: ReplAction = {
  type: 'completing',
  action: { type: 'show', completing: offer('words '.repeat(60), '@파', candidates) },
};

test('with candidates under the prompt the frame is lower and no wider than the screen, the caret in the prompt', () => {
  for (const columns of [8, 20, 33, 40, 80]) {
    for (const rows of [1, 2, 3, 5, 8, 9, 15, 24, 40]) {
      const state = after({ columns, rows }, written, offered, {
        type: 'completing',
        action: { type: 'choose', by: -1 },
      });
      const look = { columns, theme: createTheme({ color: 1 }), hyperlinks: false };
      const frame = layFrame(state, look as never, { lines: [], above: 0 });
      assert.ok(frame.rows.length <= Math.max(1, rows - 1), `${columns}x${rows}: ${frame.rows.length} rows`);
      for (const row of frame.rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
      assert.ok(frame.caret.x < columns && frame.caret.y < frame.rows.length);
    }
  }
});

test('a chosen candidate stands in the text, Esc takes it out again, and another change of the text ends the list', () => {
  const size = { columns: 80, rows: 24 };
  const chosen = after(size, written, offered, { type: 'completing', action: { type: 'choose', by: 1 } });
  assert.match(chosen.editor.text, /words @파일-0\.txt $/);
  const left = reduce(chosen, { type: 'completing', action: { type: 'leave' } });
  assert.match(left.editor.text, /words @파$/);
  assert.equal(left.completing, undefined);
  assert.equal(reduce(chosen, { type: 'edit', action: { type: 'clear' } }).completing, undefined);
  const queued = reduce(chosen, { type: 'enqueue', queued: outgoing('another message') });
  assert.equal(reduce(queued, { type: 'take-back', which: 'last' }).completing, undefined);
});

test('a list to choose from is gone when the command is stopped or has ended', () => {
  const size = { columns: 80, rows: 24 };
  const picking = after(size, { type: 'start' }, { type: 'picking', action: { type: 'open', noun: 'Model' } });
  assert.ok(picking.picking !== undefined);
  assert.equal(reduce(picking, { type: 'stopping' }).picking, undefined);
  assert.equal(reduce(picking, { type: 'finish', status: status }).picking, undefined);
});
