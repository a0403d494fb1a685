import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../../src/terminal/theme.ts';
import { displayWidth } from '../../../src/terminal/width.ts';
import { layPicker } from '../../../src/ui/picker/layout.ts';
import { matching } from '../../../src/ui/picker/match.ts';
import { type Choice, type Picking, type PickingAction, reducePicking } from '../../../src/ui/picker/picking.ts';

const choice = (title: string, current = false): Choice => ({ value: title, title, detail: 'a detail', current });
const look = (columns: number) => ({ columns, theme: createTheme({ color: 1 }), hyperlinks: false });

function after(...actions: readonly PickingAction[]): Picking {
  const picking = actions.reduce(reducePicking, undefined as Picking | undefined);
  assert.ok(picking !== undefined);
  return picking;
}

const open: PickingAction = { type: 'open', noun: 'Model' };
const type = (text: string): PickingAction => ({ type: 'filter', action: { type: 'insert', text } });

function opened(choices: readonly Choice[], typed = ''): Picking {
  return after(open, { type: 'arrive', choices }, ...(typed === '' ? [] : [type(typed)]));
}

function moved(picking: Picking, by: number): Picking {
  return reducePicking(picking, { type: 'move', by }) ?? picking;
}

test('what begins with the letters comes before what has them in a word, and that before scattered ones', () => {
  const names = ['a-q-w-e-n', 'my-qwen', 'aqwen', 'Qwen3', 'llama'];
  const found = matching('qwen', names, (name) => name);
  assert.deepEqual(found, ['Qwen3', 'my-qwen', 'aqwen', 'a-q-w-e-n']);
  assert.deepEqual(
    matching('8b 3', ['qwen3-8b', 'qwen3-4b'], (name) => name),
    ['qwen3-8b'],
  );
});

test('a filter in one Unicode form finds a name in another', () => {
  assert.deepEqual(
    matching('서울'.normalize('NFD'), ['서울 날씨'], (name) => name),
    ['서울 날씨'],
  );
});

test('letters are counted where they stand closest together', () => {
  assert.deepEqual(
    matching('abc', ['a....b....c', 'a....a-b-c'], (name) => name),
    ['a....a-b-c', 'a....b....c'],
  );
});

test('the list opens at what is in use, and typing goes to the best match', () => {
  const picking = opened([choice('small'), choice('large', true)]);
  assert.equal(picking.at, 1);
  assert.equal(opened([choice('small'), choice('large', true)], 'sm').matches[0]?.value, 'small');
});

test('what is typed before the list has arrived filters it', () => {
  const arrived = after(open, type('lar'), { type: 'arrive', choices: [choice('small', true), choice('large')] });
  assert.deepEqual(
    arrived.matches.map(({ value }) => value),
    ['large'],
  );
});

test('moving stops at the ends, also when nothing fits', () => {
  const picking = opened([choice('a'), choice('b')]);
  assert.equal(moved(picking, Number.POSITIVE_INFINITY).at, 1);
  assert.equal(moved(picking, -5).at, 0);
  assert.equal(moved(opened([choice('a')], 'zzz'), 1).at, 0);
});

test('a thousand wide names fit every screen, the chosen one among them and the caret behind the filter', () => {
  const choices = Array.from({ length: 1000 }, (_, index) => choice(`판매자/모델-${index + 1}-${'긴'.repeat(40)}`));
  const filtered = opened(choices, '모델');
  for (const columns of [1, 5, 8, 20, 33, 40, 80]) {
    for (const height of [1, 2, 3, 4, 7, 8, 14, 30]) {
      for (const by of [0, 500, 999]) {
        const picking = moved(filtered, by);
        const { rows, caret } = layPicker(picking, height, 0, look(columns));
        assert.ok(rows.length <= height, `${columns}x${height}: ${rows.length} rows`);
        assert.ok(caret.x < columns && caret.y < rows.length);
        if (columns < 8) continue;
        for (const row of rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
        if (height >= 2) assert.equal(rows.filter((row) => /^(?:\x1b\[[\d;]*m)*> /.test(row)).length, 1);
      }
    }
  }
});

test('the last row says how far the list has come, that it is loading, or that nothing fits', () => {
  const lastRow = (picking: Picking) => layPicker(picking, 10, 3, look(80)).rows.at(-1) ?? '';
  assert.match(lastRow(after(open)), /loading \.\.\. 3 s \| Esc stops/);
  assert.match(lastRow(opened([choice('a'), choice('b')])), /1 of 2 \| type to filter, Enter takes, Esc leaves/);
  assert.match(lastRow(opened([choice('a')], 'x')), /nothing fits/);
  const refused = reducePicking(opened([choice('a')], 'x'), { type: 'refuse' });
  assert.match(lastRow(refused ?? after(open)), /nothing is taken/);
  const typed = after({ ...open, takesTyped: true }, { type: 'arrive', choices: [choice('a')] }, type('x'));
  assert.match(lastRow(typed), /Enter takes what is typed/);
});

test('where the detail tells one from another, the title is cut for it', () => {
  const twin = {
    ...choice('a long title of a conversation about Seoul'),
    detail: '5 min ago, 12 messages',
    keepsDetail: true,
  };
  const { rows } = layPicker(opened([twin]), 10, 0, look(40));
  assert.match(rows.join('\n'), /> a long .* {2}.*5 min ago, 12 messages/);
});

test('what is in use says so behind its title, in a column of its own', () => {
  const choices = [choice('small'), choice('the largest', true), { ...choice('none'), detail: '' }];
  const rows = (columns: number, names = choices) =>
    layPicker(opened(names), 5, 0, { ...look(columns), theme: createTheme({ color: 0 }) }).rows.slice(1, 4);
  assert.deepEqual(rows(80), ['  small                  a detail', '> the largest  (in use)  a detail', '  none']);
  const long = { ...choice('a long name of a model with a date', true), keepsDetail: true };
  assert.deepEqual(rows(40, [long]).slice(0, 1), ['> a long name of a …  (in use)  a detail']);
  assert.match(rows(30, [{ ...long, keepsDetail: false }])[0] ?? '', /\(in use\) +…$/);
});
