import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../src/core/json-node.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { alignmentOf } from '../../src/terminal/value-column.ts';
import { renderGrowing, renderRaw, renderValue } from '../../src/terminal/value-view.ts';
import { displayWidth } from '../../src/terminal/width.ts';

const theme = createTheme({ color: 0 });

function view(json: string, columns = 40): readonly string[] {
  const read = readJson(json);
  assert.ok(read.ok);
  return renderValue(read.node, { columns, theme });
}

function growing(
  text: string,
  maxRows = 10,
  columns = 40,
): { readonly lines: readonly string[]; readonly above: number } {
  return renderGrowing(text, { columns, theme, maxRows });
}

const people = '[{"이름":"홍길동","年龄":36},{"이름":"Ada","年龄":9007199254740993},{"이름":"🇰🇷 x","年龄":null}]';

test('a column without a value is aligned like text, as in a table of -o table', () => {
  assert.deepEqual(view('[{"empty":null,"n":1},{"empty":null,"n":22}]'), [
    'empty   n',
    '-----  --',
    '        1',
    '       22',
  ]);
  assert.equal(alignmentOf([undefined, { kind: 'null' }]), 'left');
});

test('a list of objects is a table, aligned by cells, numbers to the right with all their digits', () => {
  assert.deepEqual(view(people), [
    '이름                年龄',
    '------  ----------------',
    '홍길동                36',
    'Ada     9007199254740993',
    '🇰🇷 x',
  ]);
});

test('a key that only some have is a column, and what lies inside is JSON in its cell', () => {
  assert.deepEqual(view('[{"a":1},{"b":["x",2]}]'), ['a  b', '-  -------', '1', '   ["x",2]']);
});

test('the one list of an object is a table, and what stands beside it is kept in its place', () => {
  assert.deepEqual(view('{"items":[{"a":1}]}'), ['a', '-', '1']);
  assert.deepEqual(view('{"title":"t","items":[{"a":1},{"a":2}],"done":true}'), [
    'title: t',
    'items:',
    '  a',
    '  -',
    '  1',
    '  2',
    'done: true',
  ]);
  assert.deepEqual(view('{"x":[{"a":1}],"y":[{"a":2}]}'), ['x:', '  - a: 1', 'y:', '  - a: 2']);
  assert.deepEqual(view('[{"a":1},2]'), ['- a: 1', '- 2']);
  assert.deepEqual(view('[]'), ['[]']);
});

test('cells are wrapped, never cut; rows that would be hard to read are a tree', () => {
  const short = view(`[{"name":"a","text":"${'word '.repeat(12).trim()}"},{"name":"b","text":"x"}]`);
  assert.equal(short.join(' ').match(/word/g)?.length, 12);
  assert.equal(short[0], 'name  text');
  const long = view(`[{"name":"a","text":"${'word '.repeat(60).trim()}"}]`);
  assert.equal(long[0], '- name: a');
  assert.equal(long.join(' ').match(/word/g)?.length, 60);
  const wide = view(`[{${Array.from({ length: 30 }, (_, index) => `"k${index}":${index}`).join()}}]`);
  assert.deepEqual(wide.slice(0, 2), ['- k0: 0', '  k1: 1']);
});

test('a table of any width fits', () => {
  for (let columns = 8; columns < 60; columns++) {
    for (const line of view(people, columns)) assert.ok(displayWidth(line) <= columns, `${columns}: ${line}`);
  }
});

test('what has arrived is a tree, with or without a fence, cut anywhere', () => {
  assert.deepEqual(growing('{"name": "Ad').lines, ['name: Ad']);
  assert.deepEqual(growing('\uFEFF```json\n{"name": "Ada", "a').lines, ['name: Ada']);
  assert.deepEqual(growing('```json\n{"name": "Ada"}\n``').lines, ['name: Ada']);
  assert.deepEqual(growing('Sure! Here').lines, ['Sure! Here']);
  for (let end = 1; end <= people.length; end++) assert.ok(growing(people.slice(0, end)).lines.length > 0);
});

test('of what is longer than the screen only the end is laid out, and what stands above is counted', () => {
  const numbers = `[${Array.from({ length: 1000 }, (_, index) => index).join()}`;
  assert.deepEqual(growing(numbers, 3), { lines: ['- 997', '- 998', '- 999'], above: 997 });
  assert.equal(growing('line\n'.repeat(50), 3).above, 47);
  const text = `{"text": "${'낱말 word '.repeat(5000)}`;
  const { lines } = growing(text, 5);
  assert.ok(lines.length >= 5 && lines.length < 30, `${lines.length} rows`);
  assert.match(lines.at(-1) ?? '', /word/);
});

test('text that is no value is drawn as it is, made safe', () => {
  assert.deepEqual(renderRaw('{"a": **b**\u001b[2J\n  c', { columns: 40, theme }), ['{"a": **b**', '  c']);
});
