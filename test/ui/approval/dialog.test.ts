import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../../src/terminal/theme.ts';
import { displayWidth } from '../../../src/terminal/width.ts';
import { type Asking, reduceAsking, startAsking } from '../../../src/ui/approval/asking.ts';
import { type Dialog, layDialog } from '../../../src/ui/approval/dialog.ts';

function call(args: object, id = '1', tool = 'write_file') {
  return { id, tool, arguments: JSON.stringify(args) };
}

function lay(asking: Asking, columns: number, rows: number): Dialog {
  return layDialog(asking, rows - 1, { columns, theme: createTheme({ color: 0 }), hyperlinks: false });
}

const large = {
  path: '/home/홍길동/메모.txt',
  text: Array.from(
    { length: 60 },
    (_, index) => `줄 ${index + 1} \u202e\x1b[2J\u{e0041} ${'가나다라'.repeat(12)}`,
  ).join('\n'),
};

test('the call, its arguments and every answer are on the screen', () => {
  assert.deepEqual(lay(startAsking([call({ path: 'a b', mode: 7 })]), 80, 24).rows, [
    '',
    'May this call run? 1 of 1',
    'write_file',
    '  path: "a b" (3 characters)',
    '  mode: 7',
    '',
    '  y    yes, this call',
    '  t    yes, and this tool from now on',
    '  n    no',
    '  r    no, with a reason',
    '  Esc  stop the answer',
  ]);
});

test('on a small screen the answers are short, and the arguments can be scrolled to their end', () => {
  const open = startAsking([call(large), call({ to: 'a' }, '2', 'send')]);
  assert.deepEqual(lay(open, 20, 5).rows, ['Run? 1/2, 1-2/611', 'write_file', '  path: "/home/홍', 'y a t n r Esc']);
  const { last } = lay(open, 20, 5);
  const end = reduceAsking(open, { type: 'scroll', by: Number.POSITIVE_INFINITY, last });
  assert.deepEqual(lay(end, 20, 5).rows, ['1/2 610-611/611', '  to: "a" (1 chara', '    cter)', 'y a t n r Esc']);
});

test('where a list of the answers would take the room of the call, they stand side by side', () => {
  const { rows } = lay(startAsking([call(large)]), 40, 15);
  assert.equal(rows.length, 14);
  assert.deepEqual(rows.slice(-2), ['Down or y: more  t: tool always  n: no', 'r: no, and why  Esc: stop']);
});

test('while a call goes on below, the dialog says that y shows more of it', () => {
  const open = startAsking([call(large)]);
  const allows = (columns: number, rows: number, top: number) => {
    const { last } = lay(open, columns, rows);
    const dialog = lay(reduceAsking(open, { type: 'scroll', by: top, last }), columns, rows);
    const shown = dialog.rows.join(' ');
    assert.equal(
      /yes, this call|y: yes/.test(shown),
      dialog.bottom >= (dialog.ends[0] ?? 0),
      `${columns}x${rows} ${top}`,
    );
    return !/more of this call|Down or y: more/.test(shown);
  };
  for (const [columns, rows] of [
    [80, 24],
    [40, 15],
  ] as const) {
    assert.ok(!allows(columns, rows, 0));
    for (let top = 0; top < 700; top += 7) allows(columns, rows, top);
    assert.ok(allows(columns, rows, Number.POSITIVE_INFINITY));
  }
});

test('what "all" allows can be read before: the calls that come next are shown below the first', () => {
  const rows = lay(startAsking([call({ path: 'a' }), call({ to: 'b' }, '2', 'send_mail')]), 80, 24).rows;
  const next = rows.indexOf('asked about next:' as (typeof rows)[number]); // a row is text
  assert.deepEqual(rows.slice(next + 1, next + 3), ['send_mail', '  to: "b" (1 character)']);
  assert.ok(rows.some((row) => row === '  a    yes, all 2 calls'));
});

test('the dialog is lower and no wider than the screen at any size, and always shows some of the call', () => {
  const asking = startAsking([call(large), call(large, '2')]);
  const writing = reduceAsking(asking, { type: 'reason', open: true });
  const written = reduceAsking(writing, { type: 'edit-reason', action: { type: 'insert', text: '이유 '.repeat(90) } });
  for (const state of [asking, written]) {
    for (let columns = 1; columns <= 90; columns += 3) {
      for (let rows = 2; rows <= 40; rows += 2) {
        const dialog = lay(state, columns, rows);
        assert.ok(dialog.rows.length < rows, `${columns}x${rows}: ${dialog.rows.length} rows`);
        assert.ok(dialog.page >= 1);
        assert.ok(dialog.caret.x < columns && dialog.caret.y < dialog.rows.length);
        if (columns < 8) continue;
        for (const row of dialog.rows) assert.ok(displayWidth(row) <= columns, `${columns}: ${row}`);
      }
    }
  }
});

test('page by page every line of the arguments comes by, with nothing in them that cannot be seen', () => {
  let asking = startAsking([call(large)]);
  const seen: string[] = [];
  for (let top = -1; asking.top > top; ) {
    top = asking.top;
    const { rows, page, last } = lay(asking, 40, 15);
    seen.push(...rows);
    asking = reduceAsking(asking, { type: 'scroll', by: page, last });
  }
  const shown = seen.join('\n');
  assert.doesNotMatch(shown, /[\u202e\x1b\u{e0041}]/u);
  for (let line = 1; line <= 60; line++) assert.ok(shown.includes(`| 줄 ${line} \\u{202E}\\u{1B}[2J`), `line ${line}`);
});
