import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewEditor } from '../../../src/ui/editor/layout.ts';

const view = (text: string, caret = text.length, columns = 10, maxRows = 5) =>
  viewEditor({ text, caret }, columns, maxRows);

test('a line breaks at the edge, and the caret behind a full row stands past its last cell', () => {
  assert.deepEqual(view('0123456789'), { rows: ['0123456789'], caret: { x: 10, y: 0 }, fromStart: true, toEnd: true });
  assert.deepEqual(view('0123456789a').rows, ['0123456789', 'a']);
  assert.deepEqual(view('0123456789a').caret, { x: 1, y: 1 });
  assert.deepEqual(view('0123456789a', 10).caret, { x: 0, y: 1 });
});

test('a wide character is never cut by the edge', () => {
  assert.deepEqual(view('a한국어말글').rows, ['a한국어말', '글']);
  assert.deepEqual(view('한국어말글').caret, { x: 10, y: 0 });
  assert.deepEqual(view('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦🇰🇷').rows, ['👩‍👩‍👧‍👦'.repeat(5), '🇰🇷']);
});

test('decomposed Korean counts the cells of its syllables', () => {
  const text = '한글'.normalize('NFD');
  assert.deepEqual(view(text).caret, { x: 4, y: 0 });
});

test('what has no shape is shown as an escape, and the caret knows its cells', () => {
  assert.deepEqual(view('a\x1bb', 3, 20).rows, ['a\\u{1B}b']);
  assert.deepEqual(view('a\x1bb', 3, 20).caret, { x: 8, y: 0 });
  assert.deepEqual(view('a\tb', 3, 20).caret, { x: 6, y: 0 });
});

test('an empty text and empty lines have rows', () => {
  assert.deepEqual(view('').rows, ['']);
  assert.deepEqual(view('a\n\n'), { rows: ['a', '', ''], caret: { x: 0, y: 2 }, fromStart: true, toEnd: true });
  assert.deepEqual(view('\na', 0).caret, { x: 0, y: 0 });
});

test('a long text scrolls inside its rows with the caret in sight', () => {
  const text = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
  for (let caret = 0; caret <= text.length; caret++) {
    const { rows, caret: cell } = view(text, caret, 10, 5);
    assert.equal(rows.length, 5);
    const line = text.slice(0, caret).split('\n').length - 1;
    assert.equal(rows[cell.y], `line ${line}`);
  }
  assert.equal(view(text, 0, 10, 5).toEnd, false);
  assert.equal(view(text, text.length, 10, 5).fromStart, false);
});
