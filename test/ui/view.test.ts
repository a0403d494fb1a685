import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { themesOf } from '../../src/terminal/theme.ts';
import { createKeeper } from '../../src/ui/keeper.ts';
import { lookOf } from '../../src/ui/look.ts';
import { initialState } from '../../src/ui/state.ts';
import { createStore } from '../../src/ui/store.ts';
import { createSwitches } from '../../src/ui/switches.ts';
import { createTurnDisplay } from '../../src/ui/turn-display.ts';
import { idleStatus } from '../support/idle-status.ts';

const end: TurnEvent = { type: 'turn-end', usage: {}, outcome: { kind: 'done', finish: 'stop' } };
const text = (words: string): TurnEvent => ({ type: 'text-delta', text: words });
const thought = (words: string): TurnEvent => ({ type: 'reasoning-delta', text: words });

function open(columns = 40) {
  const themeNamed = themesOf(0, {});
  const store = createStore(initialState({ columns, rows: 24 }, idleStatus));
  const look = () => lookOf(store.state(), { theme: themeNamed('auto'), hyperlinks: false });
  const switches = createSwitches({ store, look, themeNamed, hasScreen: true });
  const printed = () => store.state().printed.map((piece) => String(piece.text));
  return { store, look, switches, printed };
}

function shown(display: ReturnType<typeof createTurnDisplay>, ...events: readonly TurnEvent[]): readonly string[] {
  return events.flatMap((event) => display.show(event).passages.flatMap(({ lines }) => lines));
}

test('folded reasoning is one line with its time and its words', () => {
  const { look, switches } = open();
  let nowMs = 1000;
  const display = createTurnDisplay(look, { now: () => nowMs });
  switches.toggleReasoning();
  assert.deepEqual(shown(display, thought('Let me s'), thought('ee.\nOne two '), thought('three')), []);
  assert.deepEqual(display.show(thought('')).live.tail, { kind: 'folded', first: true, words: 6 });
  nowMs = 4210;
  assert.deepEqual(shown(display, text('The answer.'), end), ['thought for 3.2 s, 6 words', 'The answer.']);
});

test('reasoning that is opened while it goes on is all there, and folded again it leaves no half line and is counted whole', () => {
  const { look, switches } = open();
  const display = createTurnDisplay(look);
  switches.toggleReasoning();
  assert.deepEqual(shown(display, thought('one\ntwo')), []);
  switches.toggleReasoning();
  assert.deepEqual(shown(display, thought(' more\nthr')), ['thinking:', '  one', '  two more']);
  switches.toggleReasoning();
  assert.deepEqual(shown(display, thought('ee four'), end), ['thought, 5 words']);
});

test('the row of reasoning that stands open goes when it is folded', () => {
  const { store, look, switches } = open();
  const display = createTurnDisplay(look);
  store.dispatch({ type: 'start' });
  const { passages, live } = display.show(thought('one\nhalf a li'));
  store.dispatch({ type: 'print', passages, live });
  assert.equal(store.state().running?.live.tail?.kind, 'reasoning');
  switches.toggleReasoning();
  assert.equal(store.state().running?.live.tail, undefined);
});

test('opening prints the last reasoning, and the source or the rendering of the last answer is printed', () => {
  const { store, switches, printed } = open();
  for (const event of [thought('so '), thought('it is'), text('x')] as const) {
    for (const action of keeper.take(event)) store.dispatch({ type: 'view', action });
  }
  store.dispatch({ type: 'view', action: { type: 'answered', text: '# T\n\n````md\n```\nx\n````\n' } });
  switches.toggleReasoning();
  switches.toggleReasoning();
  assert.deepEqual(printed().at(-1)?.trim(), 'thinking:\n  so it is');
  switches.toggleSource?.();
  assert.equal(printed().at(-1)?.trim(), '# T\n\n````md\n```\nx\n````');
  switches.toggleSource?.();
  assert.match(printed().slice(-2).join('\n'), /# T[\s\S]*```md\n```\nx\n```$/);
});

const keeper = createKeeper();

test('with the source on, what follows is printed as it is written, from the next block on', () => {
  const { look, switches } = open();
  const display = createTurnDisplay(look);
  const source = '1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet x;\n```\n';
  assert.deepEqual(shown(display, text('# Title\n')), ['# Title']);
  switches.toggleSource?.();
  assert.deepEqual(shown(display, text(source), end), source.trimEnd().split('\n'));
});

test('a theme is used from its choice on', () => {
  const { store, look, switches } = open();
  const before = look().theme;
  switches.setTheme?.('none');
  assert.equal(store.state().view.theme?.name, 'none');
  assert.notEqual(look().theme, before);
});
