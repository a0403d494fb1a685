import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Editor, type EditorAction, edit, emptyEditor } from '../../../src/ui/editor/editor.ts';

const all = (editor: Editor, ...actions: EditorAction[]): Editor => actions.reduce(edit, editor);
const typed = (text: string, editor: Editor = emptyEditor): Editor =>
  Array.from(text).reduce((before, character) => edit(before, { type: 'insert', text: character }), editor);
const undo: EditorAction = { type: 'undo' };
const redo: EditorAction = { type: 'redo' };
const yank: EditorAction = { type: 'yank' };
const yankOlder: EditorAction = { type: 'yank-older' };
const killWord: EditorAction = { type: 'kill', to: 'previous-word' };

test('a word is undone at once, and redone', () => {
  const editor = typed('one two 한글');
  assert.equal(all(editor, undo).text, 'one two ');
  assert.equal(all(editor, undo, undo).text, 'one ');
  assert.equal(all(editor, undo, undo, undo, undo).text, '');
  const back = all(editor, undo, undo, redo);
  assert.deepEqual([back.text, back.caret], ['one two ', 8]);
  assert.equal(all(editor, undo, undo, redo, redo, redo).text, 'one two 한글');
  assert.equal(typed('x', all(editor, undo)).log.future.length, 0);
});

test('every change is a step: deleting, killing, a cleared line, a history entry, and what moved between', () => {
  const editor = typed('one two');
  const erase: EditorAction = { type: 'delete', to: 'previous' };
  assert.equal(all(editor, erase, erase, erase, undo).text, 'one two');
  assert.equal(all(editor, { type: 'kill', to: 'all' }, undo).text, 'one two');
  assert.equal(all(editor, { type: 'history', by: -1, entries: ['old'] }, undo).text, 'one two');
  const moved = all(editor, { type: 'move', to: 'line-start' }, { type: 'insert', text: 'a' });
  assert.deepEqual([all(moved, undo).text, all(moved, undo).caret], ['one two', 0]);
});

test('what was sent is not undone', () => {
  assert.equal(all(typed('sent'), { type: 'clear' }, undo).text, '');
});

test('kills in a row are one, in the order they stood', () => {
  const editor = all(typed('one two three'), killWord, killWord);
  assert.deepEqual(editor.kills, ['two three']);
  const around = all({ ...typed('one two three'), caret: 4 }, killWord, { type: 'kill', to: 'line-end' });
  assert.deepEqual([around.text, around.kills], ['', ['one two three']]);
  const apart = all(typed('one two'), killWord, { type: 'move', to: 'previous' }, killWord);
  assert.deepEqual(apart.kills, ['one', 'two']);
});

test('Alt+Y behind Ctrl+Y brings what was killed before, round the ring', () => {
  const editor = all(
    typed('one'),
    killWord,
    { type: 'insert', text: 'two' },
    killWord,
    { type: 'insert', text: 'three' },
    killWord,
  );
  assert.equal(all(editor, yank).text, 'three');
  assert.equal(all(editor, yank, yankOlder).text, 'two');
  assert.equal(all(editor, yank, yankOlder, yankOlder).text, 'one');
  assert.equal(all(editor, yank, yankOlder, yankOlder, yankOlder).text, 'three');
  assert.equal(all(editor, yank, yankOlder, undo).text, 'three');
  // Not behind a yank it does nothing.
  assert.equal(all(editor, yank, { type: 'insert', text: '!' }, yankOlder).text, 'three!');
});

test('the case of a word is changed from the caret on', () => {
  const editor = { ...typed('one straße two'), caret: 3 };
  assert.equal(all(editor, { type: 'change-case', to: 'upper' }).text, 'one STRASSE two');
  assert.equal(all(editor, { type: 'change-case', to: 'upper' }).caret, 11);
  assert.equal(all(editor, { type: 'change-case', to: 'capital' }).text, 'one Straße two');
  assert.equal(all(typed('ONE'), { type: 'move', to: 'line-start' }, { type: 'change-case', to: 'lower' }).text, 'one');
});

test('steps of a long text are forgotten before they fill the memory, but for the last', () => {
  const step: EditorAction = { type: 'kill', to: 'next-word' };
  const six = { ...emptyEditor, text: 'x'.repeat(6 * 1024 * 1024) };
  assert.equal(all(six, step, step, step, step, step).log.past.length, 2);
  const huge = { ...emptyEditor, text: 'x'.repeat(20 * 1024 * 1024) };
  assert.equal(all(huge, step, step, undo).text.length, all(huge, step).text.length);
});
