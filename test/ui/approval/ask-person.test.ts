import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../../src/core/approval.ts';
import { createTheme } from '../../../src/terminal/theme.ts';
import { createPersonAsker } from '../../../src/ui/approval/ask-person.ts';
import { layDialog } from '../../../src/ui/approval/dialog.ts';
import type { Key } from '../../../src/ui/keys/key.ts';
import { initialState } from '../../../src/ui/state.ts';
import { createStore } from '../../../src/ui/store.ts';
import { idleStatus } from '../../support/idle-status.ts';

const text = (words: string): Key => ({ type: 'text', text: words });
const chord = (name: string): Key => ({ type: 'chord', chord: name });

/** A dialog about so many calls, a clock that stands still, and what came of it. */
function open(count: number, args = '{}') {
  const store = createStore(initialState({ columns: 80, rows: 24 }, idleStatus));
  const calls = Array.from({ length: count }, (_, index) => ({ id: `${index + 1}`, tool: 'write', arguments: args }));
  let nowMs = 1000;
  let stops = 0;
  let answers: readonly (readonly [string, Decision])[] | undefined;
  const asker = createPersonAsker({ store, now: () => nowMs, stop: () => stops++, redraw: () => {} });
  store.dispatch({ type: 'start' });
  asker.ask({
    calls,
    answer(decisions) {
      assert.equal(answers, undefined, 'answered twice');
      answers = [...decisions];
    },
  });
  const look = { columns: 80, theme: createTheme({ color: 0 }), hyperlinks: false };
  return {
    store,
    type: (...keys: readonly Key[]) => keys.forEach(asker.handleKey),
    draw: () => {
      const { asking } = store.state();
      if (asking !== undefined) asker.onDrawn(layDialog(asking, 23, look));
    },
    wait: (milliseconds: number) => {
      nowMs += milliseconds;
    },
    /** As a person does it: reads what is on the screen, then presses a key. */
    answer(key: string) {
      this.draw();
      this.wait(1000);
      this.type(text(key));
    },
    get answers() {
      return answers;
    },
    kinds: () => answers?.map(([, decision]) => decision.kind),
    get stops() {
      return stops;
    },
  };
}

test('answers are collected call by call and go back together', () => {
  const dialog = open(3);
  dialog.answer('y');
  dialog.answer('n');
  assert.equal(dialog.answers, undefined);
  dialog.answer('Y');
  assert.deepEqual(dialog.answers, [
    ['1', { kind: 'run' }],
    ['2', { kind: 'deny' }],
    ['3', { kind: 'run' }],
  ]);
  assert.equal(dialog.store.state().asking, undefined);
});

test('a hundred keys typed before the dialog is on screen, and those that follow, allow nothing and are kept as text', () => {
  const dialog = open(2);
  for (let key = 0; key < 100; key++) dialog.type(text('y'));
  dialog.draw();
  // The person goes on typing: each key starts the wait again.
  for (let key = 0; key < 20; key++) {
    dialog.wait(400);
    dialog.type(text('a'));
    dialog.draw();
  }
  assert.equal(dialog.answers, undefined);
  assert.equal(dialog.store.state().asking?.decisions.size, 0);
  assert.equal(dialog.store.state().editor.text, 'y'.repeat(100) + 'a'.repeat(20));
  dialog.answer('n');
  dialog.answer('n');
  assert.deepEqual(dialog.kinds(), ['deny', 'deny']);
});

test('a key that is held down answers one call, not those behind it', () => {
  const dialog = open(3);
  dialog.answer('y');
  for (let repeat = 0; repeat < 50; repeat++) {
    dialog.draw();
    dialog.wait(33);
    dialog.type(text('y'));
  }
  assert.equal(dialog.store.state().asking?.decisions.size, 1);
  dialog.draw();
  dialog.wait(300);
  dialog.type(text('y'));
  assert.equal(dialog.store.state().asking?.decisions.size, 2);
  assert.equal(dialog.store.state().editor.text, '');
});

test('Enter, a paste, a burst of letters and unknown keys answer nothing', () => {
  const dialog = open(1);
  dialog.draw();
  for (const key of [chord('enter'), { type: 'paste', text: 'y' } as const, text('yes'), chord('tab'), text('x')]) {
    dialog.wait(1000);
    dialog.type(key);
  }
  assert.equal(dialog.store.state().asking?.decisions.size, 0);
});

test('a Korean keyboard answers with the same keys', () => {
  const dialog = open(2);
  dialog.answer('ㅛ');
  dialog.answer('ㅁ');
  assert.deepEqual(dialog.kinds(), ['run', 'run']);
});

test('a reason is written in a line of its own, where letters are letters; Escape goes back, Ctrl+C stops', () => {
  const dialog = open(1);
  dialog.answer('r');
  dialog.type(text('y n a'), { type: 'paste', text: 'two\nlines' }, chord('ctrl+w'), chord('escape'));
  assert.equal(dialog.store.state().asking?.reason, undefined);
  dialog.answer('r');
  dialog.type(text('not there'), chord('ctrl+c'));
  assert.equal(dialog.stops, 1);
  dialog.type(chord('enter'));
  assert.deepEqual(dialog.answers, [['1', { kind: 'deny', reason: 'not there' }]]);
});

test('Escape and Ctrl+C stop at once, also before the dialog is on screen', () => {
  const dialog = open(1);
  dialog.type(chord('escape'), chord('ctrl+c'));
  assert.equal(dialog.stops, 2);
  dialog.store.dispatch({ type: 'stopping' });
  assert.equal(dialog.store.state().asking, undefined);
  assert.equal(dialog.answers, undefined);
});

test('nothing is allowed before it has been on screen to its end: the key turns the page', () => {
  const lines = JSON.stringify({ command: `${'\n'.repeat(40)}rm -rf /` });
  const dialog = open(2, lines);
  let presses = 0;
  for (; dialog.answers === undefined && presses < 20; presses++) dialog.answer('a');
  assert.ok(presses > 4, `${presses} pages for two calls of 40 lines`);
  assert.deepEqual(dialog.kinds(), ['run', 'run']);
  const back = open(1, lines);
  for (const key of ['end', 'home']) {
    back.draw();
    back.type(chord(key));
  }
  back.answer('y');
  assert.equal(back.answers, undefined, 'the end is not on screen any more, and the dialog says so');
  const first = open(2, lines);
  first.answer('y');
  assert.equal(first.store.state().asking?.decisions.size, 0);
  first.answer('n');
  assert.equal(first.store.state().asking?.decisions.size, 1, 'to refuse, nothing has to be read');
});
