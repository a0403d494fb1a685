/** Who is told that a long answer has ended. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NotifyWay } from '../../src/core/notify-way.ts';
import { createNotifier } from '../../src/ui/notify.ts';
import { initialState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { idleStatus } from '../support/idle-status.ts';

function run(way: NotifyWay, seconds: number, focused: boolean): string {
  let now = 0;
  let written = '';
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const notifier = createNotifier({
    store,
    way,
    now: () => now,
    write: (sequence) => {
      written += sequence;
    },
  });
  notifier.onFocus(focused);
  store.dispatch({ type: 'start-turn' });
  now += seconds * 1000;
  store.dispatch({ type: 'tick' });
  store.dispatch({ type: 'finish', status: idleStatus });
  store.dispatch({ type: 'tick' });
  return written;
}

test('a person who looks elsewhere hears of the end of a long answer, once', () => {
  assert.equal(run('bell', 11, false), '\x07');
  assert.equal(run('osc9', 11, false), '\x1b]9;banter: the answer is there\x07');
});

test('nobody hears of a short one, at the window itself, or when it is off', () => {
  assert.deepEqual([run('bell', 9, false), run('bell', 11, true), run('off', 11, false)], ['', '', '']);
});
