import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { watchSize } from '../../src/ui/resizing.ts';
import { initialState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { idleStatus } from '../support/idle-status.ts';

test('nothing is drawn while the size changes, then everything once, for the last size', async () => {
  const { stdout, store, watched, heard, redrawn } = openWindow();
  for (const columns of [60, 40]) {
    stdout.columns = columns;
    stdout.emit('resize');
  }
  store.dispatch({ type: 'tick' });
  assert.deepEqual([watched.isSettled(), store.state().resizing, store.state().columns, heard], [false, true, 40, []]);
  await redrawn;
  assert.deepEqual([watched.isSettled(), store.state().resizing, heard], [true, false, [40]]);
});

test('a size that is back to what it was is drawn anew all the same', async () => {
  const { watched, signal, redrawn } = openWindow();
  signal();
  assert.equal(watched.isSettled(), false);
  await redrawn;
  assert.equal(watched.isSettled(), true);
});

test('a size that nobody has told of yet is found when a frame is about to be written', async () => {
  const { stdout, watched, found, redrawn } = openWindow();
  found.columns = 30;
  assert.equal(watched.isSettled(), false);
  assert.equal(stdout.columns, 30);
  await redrawn;
});

test('the end does not wait', () => {
  const { stdout, watched, heard } = openWindow();
  stdout.columns = 50;
  stdout.emit('resize');
  watched.close();
  assert.deepEqual(heard, [50]);
});

test('what happens while another program has the terminal is only noted', () => {
  const { stdout, store, watched, screen } = openWindow();
  screen.away = true;
  stdout.columns = 50;
  stdout.emit('resize');
  assert.deepEqual([store.state().columns, store.state().resizing, watched.isSettled()], [50, false, true]);
});

function openWindow() {
  const stdout = Object.assign(new EventEmitter(), { columns: 80, rows: 24 });
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const heard: number[] = [];
  store.subscribe(() => void heard.push(store.state().columns));
  const found = { columns: 80 };
  const screen = { away: false };
  let signal = (): void => {};
  let drew = (): void => {};
  const redrawn = new Promise<void>((resolve) => {
    // The listeners hear of it in the same breath.
    drew = () => setImmediate(resolve);
  });
  const watched = watchSize({
    store,
    // Of a terminal's stream these tests need no more than this.
    stdout: stdout as unknown as NodeJS.WriteStream,
    windowSize: {
      refresh() {
        if (found.columns === 80) return;
        Object.assign(stdout, found);
        found.columns = 80;
        stdout.emit('resize');
      },
      onSignal(listener) {
        signal = listener;
        return () => {};
      },
    },
    isAway: () => screen.away,
    redraw: () => drew(),
  });
  return { stdout, store, watched, heard, found, screen, redrawn, signal: () => signal() };
}
