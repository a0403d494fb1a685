import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Editor, type EditorAction, edit, emptyEditor, writtenText } from '../../../src/ui/editor/editor.ts';
import { viewEditor } from '../../../src/ui/editor/layout.ts';

const all = (editor: Editor, ...actions: EditorAction[]): Editor => actions.reduce(edit, editor);
const paste = (text: string): EditorAction => ({ type: 'paste', text });
const insert = (text: string): EditorAction => ({ type: 'insert', text });
const backspace: EditorAction = { type: 'delete', to: 'previous' };
const left: EditorAction = { type: 'move', to: 'previous' };
const lines = Array.from({ length: 120 }, (_, index) => `line ${index + 1}`).join('\n');

test('a long paste is one unit: drawn as a label, crossed and deleted at once, sent whole', () => {
  const editor = all(emptyEditor, insert('see '), paste(lines), insert(' !'));
  assert.deepEqual(viewEditor(editor, 40, 5).rows, ['see [pasted 120 lines] !']);
  assert.equal(writtenText(editor), `see ${lines} !`);
  assert.deepEqual(viewEditor(all(editor, left, left), 40, 5).caret, { x: 22, y: 0 });
  assert.deepEqual(viewEditor(all(editor, left, left, left), 40, 5).caret, { x: 4, y: 0 });
  assert.equal(writtenText(all(editor, left, left, backspace)), 'see  !');
  // The label is never cut by the edge, and on a narrow screen it is shorter.
  assert.deepEqual(viewEditor(editor, 20, 5).rows, ['see ', '[pasted 120 lines] !']);
  assert.equal(viewEditor(editor, 12, 5).rows[1], '[pasted 120…');
});

test('a short paste is shown as it is; a long line is told by its length', () => {
  assert.equal(all(emptyEditor, paste('one\ntwo')).text, 'one\ntwo');
  const editor = all(emptyEditor, paste('x'.repeat(5000)));
  assert.deepEqual(viewEditor(editor, 40, 5).rows, ['[pasted 5000 characters]']);
});

test('a paste opens at the caret, and undo closes it', () => {
  const editor = all(emptyEditor, insert('a'), paste(lines));
  const open = all(editor, { type: 'expand-paste' });
  assert.equal(open.text, `a${lines}`);
  assert.equal(open.caret, open.text.length);
  assert.equal(all(open, { type: 'undo' }).text, editor.text);
  assert.equal(all(editor, left, { type: 'expand-paste' }).text, `a${lines}`);
  assert.equal(all(editor, left, left, { type: 'expand-paste' }).text, editor.text);
});

test('two pastes are told apart; killed and yanked, undone and redone they are still whole', () => {
  const editor = all(emptyEditor, paste(lines), insert(' and '), paste(`${lines}\nmore`));
  assert.equal(writtenText(editor), `${lines} and ${lines}\nmore`);
  const killed = all(editor, { type: 'kill', to: 'line-start' });
  assert.equal(killed.text, '');
  assert.equal(writtenText(all(killed, { type: 'yank' })), writtenText(editor));
  assert.equal(writtenText(all(killed, { type: 'undo' })), writtenText(editor));
  // Alt+Backspace takes the paste alone, not the word before it.
  assert.equal(writtenText(all(editor, { type: 'kill', to: 'previous-word' })), `${lines} and `);
});

test('the characters that stand for pastes, written by somebody else, are text', () => {
  const foreign = '\u{E01F0} and \u{E01F1}';
  for (const action of [paste(foreign), insert(foreign)]) {
    const editor = all(emptyEditor, paste(lines), action);
    assert.equal(writtenText(editor), lines + foreign);
  }
  assert.equal(writtenText(all(emptyEditor, { type: 'replace', text: foreign }, paste(lines))), foreign + lines);
});

test('a pasted megabyte costs no more than a short text, closed or open', () => {
  const megabyte = `${'한국어 log line of some length 0123456789\n'.repeat(20_000)}`;
  const closed = all(emptyEditor, paste(megabyte));
  const open = all(closed, { type: 'expand-paste' }, insert('x'), left, backspace);
  assert.equal(viewEditor(open, 80, 8).rows.length, 8);
  assert.equal(writtenText(closed), megabyte);
});
