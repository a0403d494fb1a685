import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTheme } from '../../../src/terminal/theme.ts';
import { type Editor, edit, emptyEditor } from '../../../src/ui/editor/editor.ts';
import { laySearch, searchedText } from '../../../src/ui/editor/search-row.ts';
import { chord, type Key } from '../../../src/ui/keys/key.ts';
import { readSearchKey } from '../../../src/ui/keys/search-keys.ts';

const entries = ['fix the parser', 'Parser tests', 'fix the parser', '한국어 메시지\n둘째 줄', 'last'];
const text = (written: string): Key => ({ type: 'text', text: written });

/** Ctrl+R on a draft, then the keys. */
function searched(...keys: readonly (Key | string)[]): Editor {
  const draft = edit(emptyEditor, { type: 'insert', text: 'my draft' });
  const begun = edit(draft, { type: 'search', step: { type: 'older' }, entries });
  return keys.reduce<Editor>((editor, key) => {
    const { action } = readSearchKey(typeof key === 'string' ? chord(key) : key, entries);
    return action === undefined ? editor : edit(editor, action);
  }, begun);
}

test('what is typed finds the newest message with it, Ctrl+R an older one, Ctrl+S goes back', () => {
  assert.equal(searchedText(searched()).text, 'my draft');
  assert.equal(searchedText(searched(text('pars'))).text, 'fix the parser');
  assert.equal(searchedText(searched(text('pars'), chord('ctrl+r'))).text, 'Parser tests');
  assert.equal(searchedText(searched(text('pars'), chord('ctrl+r'), chord('ctrl+s'))).text, 'fix the parser');
  assert.equal(searched(text('fix'), 'ctrl+r').search?.found?.age, 2);
  assert.equal(searched(text('parser t'), 'backspace').search?.query, 'parser ');
  assert.equal(searched(text('pars'), 'ctrl+u').search?.found, undefined);
});

test('case, decomposed Korean and line ends are no hindrance', () => {
  assert.equal(searched(text('PARSER T')).search?.found?.age, 3);
  assert.equal(searched(text('메시지 둘째'.normalize('NFD'))).search?.found?.age, 1);
});

test('what is not found keeps the last that was, and says so', () => {
  const { search } = searched(text('pars'), text('x'));
  assert.deepEqual([search?.query, search?.found?.text, search?.failed], ['parsx', 'fix the parser', true]);
});

test('Enter takes what was found without sending it, Esc gives the draft back, undo too', () => {
  const taken = searched(text('pars'), 'enter');
  assert.deepEqual([taken.text, taken.caret, taken.search], ['fix the parser', 14, undefined]);
  assert.equal(edit(taken, { type: 'undo' }).text, 'my draft');
  for (const key of ['escape', 'ctrl+g', 'ctrl+c']) assert.equal(searched(text('pars'), key).text, 'my draft');
  assert.equal(searched(text('nowhere'), 'enter').text, 'my draft');
});

test('another key takes it and does what it always does', () => {
  assert.equal(readSearchKey(chord('ctrl+a'), entries).goesOn, true);
  assert.equal(readSearchKey(chord('enter'), entries).goesOn, false);
});

test('the row fits any width, and the caret stands behind the query', () => {
  const { search } = searched(text('한국어 메시지 이것은 아주 긴 질문입니다'));
  assert.ok(search !== undefined);
  for (const columns of [2, 5, 8, 20, 40, 80]) {
    const { x } = laySearch(search, { columns, theme: createTheme({ color: 0 }), hyperlinks: false });
    assert.ok(x < columns, `${x} at ${columns}`);
  }
});
