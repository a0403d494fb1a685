import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atHistoryEdge, type Editor, type EditorAction, edit, emptyEditor } from '../../../src/ui/editor/editor.ts';

const type = (text: string, editor: Editor = emptyEditor): Editor => edit(editor, { type: 'insert', text });
const all = (editor: Editor, ...actions: EditorAction[]): Editor => actions.reduce(edit, editor);
const left: EditorAction = { type: 'move', to: 'previous' };
const right: EditorAction = { type: 'move', to: 'next' };
const backspace: EditorAction = { type: 'delete', to: 'previous' };

/** One grapheme each, in order: what a person takes for one character. */
const characters = [
  'a',
  '한',
  'ㅎ',
  '가',
  '각',
  '中',
  'é',
  'e\u0301',
  '👩‍👩‍👧‍👦',
  '🇰🇷',
  '👍🏽',
  '❤️',
  '1️⃣',
  'ก็',
  'नि',
].map((text) => (text === '가' ? text.normalize('NFD') : text));

test('the caret moves and deletes by grapheme', () => {
  let editor = type(characters.join(''));
  for (const character of [...characters].reverse()) {
    const before: number = editor.caret;
    editor = edit(editor, left);
    assert.equal(before - editor.caret, character.length, character);
  }
  assert.equal(editor.caret, 0);
  for (const character of characters) {
    const before: number = editor.caret;
    editor = edit(editor, right);
    assert.equal(editor.caret - before, character.length, character);
  }
  for (let count = characters.length; count > 0; count--) {
    editor = edit(editor, backspace);
    assert.equal(editor.text, characters.slice(0, count - 1).join(''));
  }
});

test('a mark typed behind its base leaves the caret behind both', () => {
  const editor = type('\u0301', { ...type('ea'), caret: 1 });
  assert.deepEqual([editor.text, editor.caret], ['e\u0301a', 2]);
});

test('flags are told apart also far into a line', () => {
  const text = `${'x '.repeat(400)}${'🇰🇷'.repeat(3)}`;
  assert.equal(edit(type(text), backspace).text, text.slice(0, -4));
});

test('words, lines and the whole are killed, and yanked back', () => {
  const editor = type('one two-three\nfour');
  const killed = all(editor, { type: 'kill', to: 'line-start' });
  assert.deepEqual([killed.text, killed.kills], ['one two-three\n', ['four']]);
  assert.equal(all(killed, { type: 'yank' }).text, 'one two-three\nfour');
  assert.equal(all({ ...editor, caret: 13 }, { type: 'kill', to: 'previous-run' }).text, 'one \nfour');
  assert.equal(all({ ...editor, caret: 13 }, { type: 'kill', to: 'previous-word' }).text, 'one two-\nfour');
  assert.equal(all({ ...editor, caret: 3 }, { type: 'kill', to: 'next-word' }).text, 'one-three\nfour');
  assert.equal(all({ ...editor, caret: 4 }, { type: 'kill', to: 'line-end' }).text, 'one \nfour');
  const cleared = all(editor, { type: 'kill', to: 'all' });
  assert.deepEqual([cleared.text, cleared.caret, cleared.kills], ['', 0, [editor.text]]);
});

test('Home and End stay on the line; at the ends of the text nothing happens', () => {
  const editor = { ...type('one\ntwo\nthree'), caret: 5 };
  assert.equal(all(editor, { type: 'move', to: 'line-start' }).caret, 4);
  assert.equal(all(editor, { type: 'move', to: 'line-end' }).caret, 7);
  assert.equal(all({ ...editor, caret: 0 }, { type: 'move', to: 'line-start' }, left, backspace).text, editor.text);
  assert.equal(all({ ...type('\n\n'), caret: 0 }, { type: 'move', to: 'line-start' }).caret, 0);
});

test('Up and Down aim for the column they started from', () => {
  const columns = 20;
  const down: EditorAction = { type: 'move-row', by: 1, columns };
  const up: EditorAction = { type: 'move-row', by: -1, columns };
  const editor = { ...type('abcdef\nxy\n한국어말'), caret: 5 };
  assert.equal(all(editor, down).caret, 9);
  // Column 5 lies inside the third syllable (cells 4 and 5): the caret stands before it.
  assert.equal(all(editor, down, down).caret, 12);
  assert.equal(all(editor, down, down, up, up).caret, 5);
});

test('a long line is several rows for Up and Down', () => {
  const editor = type('0123456789abcde');
  assert.equal(all(editor, { type: 'move-row', by: -1, columns: 10 }).caret, 5);
  assert.ok(!atHistoryEdge(editor, -1, 10));
  assert.ok(atHistoryEdge(editor, 1, 10));
  assert.ok(atHistoryEdge(editor, -1, 80));
});

test('the history is walked and the draft comes back', () => {
  const entries = ['first', 'second\nline'];
  const back: EditorAction = { type: 'history', by: -1, entries };
  const forth: EditorAction = { type: 'history', by: 1, entries };
  const draft = type('draft');
  assert.equal(all(draft, back).text, 'second\nline');
  // An untouched entry does not have to be crossed row by row.
  assert.ok(atHistoryEdge(all(draft, back), -1, 80));
  assert.equal(all(draft, back, back, back).text, 'first');
  assert.equal(all(draft, back, back, forth, forth).text, 'draft');
  assert.equal(all(draft, forth).text, 'draft');
  assert.equal(all(draft, back, { type: 'insert', text: '!' }).browsing, undefined);
});
