import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/core/json.ts';
import { toJsonNode } from '../../src/core/json-node.ts';
import { toRows } from '../../src/print/rows.ts';
import { toTable } from '../../src/print/table.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';

const theme = createTheme({ color: 0 });

function table(value: Json, columns?: number): string {
  return toTable(toRows(toJsonNode(value)), { theme, ...(columns === undefined ? {} : { columns }) });
}

test('columns are aligned by cells of the terminal, numbers at their right end', () => {
  assert.equal(
    table([
      { name: '김민수', age: 7, city: 'Seoul' },
      { name: 'Ada', age: 136, city: '👨‍👩‍👧' },
    ]),
    'name    age  city\n------  ---  -----\n김민수    7  Seoul\nAda     136  👨‍👩‍👧\n',
  );
});

test('a line never leaves the terminal: cells are cut, and too many columns become records', () => {
  const rows = [
    { id: 1, text: '한국어로 쓴 아주 긴 문장입니다. 표에는 다 들어가지 않습니다.', note: 'short' },
    { id: 2, text: 'words '.repeat(30), note: 'x' },
  ];
  assert.equal(
    table(rows, 30),
    'id  text                 note\n--  -------------------  -----\n 1  한국어로 쓴 아주 …   short\n 2  words words words …  x\n',
  );
  for (const columns of [20, 30, 40, 80, 120]) {
    for (const line of table(rows, columns).split('\n'))
      assert.ok(displayWidth(line) <= columns, `${columns}: ${line}`);
  }
  const wide = [Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`column${n}`, `value of ${n}`]))];
  const records = table([...wide, ...wide], 40);
  assert.match(records, /^column0 {3}value of 0\ncolumn1 {3}value of 1\n/);
  assert.match(records, /\n\ncolumn0 /);
  for (const columns of [5, 20, 40]) {
    for (const line of table(wide, columns).split('\n')) assert.ok(displayWidth(line) <= columns, line);
  }
});

test('inside a cell a value is JSON on one line, and a line end a space', () => {
  assert.match(table([{ a: { b: [1, 'x'] }, c: 'two\nlines', d: null }]), /\n\{"b":\[1,"x"\]\} {2}two lines\n$/);
});

test('no rows leave the head, and no columns say so', () => {
  assert.equal(toTable({ columns: ['a', 'b'], rows: [], leftOut: [] }, { theme }), 'a  b\n-  -\n');
  assert.equal(table([]), '(nothing)\n');
});

test('a table of a hundred thousand rows is laid out', () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => ({ n }));
  assert.equal(table(rows, 80).split('\n').length, 100_003);
});
