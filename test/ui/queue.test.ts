import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outgoing } from '../../src/ui/outgoing.ts';
import { type ReplAction, reduce } from '../../src/ui/reduce.ts';
import { initialState, type ReplState } from '../../src/ui/state.ts';
import { idleStatus } from '../support/idle-status.ts';

function after(...actions: readonly ReplAction[]): readonly [string, ...string[]] {
  const start: ReplState = initialState({ columns: 80, rows: 24 }, idleStatus);
  const { editor, queue } = actions.reduce(reduce, start);
  return [editor.text, ...queue.map(({ text }) => text)];
}

const queued = ['a', 'b', 'c'].map((text) => ({ type: 'enqueue', queued: outgoing(text) }) as const);
const draft: ReplAction = { type: 'edit', action: { type: 'insert', text: 'draft' } };
const takeBack: ReplAction = { type: 'take-back', which: 'last' };

test('queued messages are taken back one by one, the last first, before the draft', () => {
  assert.deepEqual(after(...queued, draft, takeBack), ['c\ndraft', 'a', 'b']);
  assert.deepEqual(after(...queued, draft, takeBack, takeBack, takeBack, takeBack), ['a\nb\nc\ndraft']);
});

test('all of them can come back at once', () => {
  assert.deepEqual(after(...queued, { type: 'take-back', which: 'all' }), ['a\nb\nc']);
});
