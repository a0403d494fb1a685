import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { snap } from '../../../../src/ui/editor/boundaries.ts';
import { type Editor, edit, emptyEditor, writtenText } from '../../../../src/ui/editor/editor.ts';
import { redoKey } from '../../../../src/ui/editor/vi/command.ts';
import { onGrapheme } from '../../../../src/ui/editor/vi/normal-caret.ts';
import {
  type Pressed,
  pasteNormal,
  pressNormal,
  startVi,
  toNormal,
  typeNormal,
} from '../../../../src/ui/editor/vi/vi.ts';
import { again, edits, graphemeRows, motions, objects, operators, type Row } from './rows.ts';

const context = { columns: 40, entries: ['first message', 'second message'] };

const groups: Readonly<Record<string, readonly Row[]>> = {
  'motions go where they go in vi': motions,
  'x, r, ~, J and the ways to insert change what they change in vi': edits,
  'd, c and y take what a motion passes, p puts it': operators,
  'd, c and y take text objects': objects,
  'u, Ctrl+R and . undo, redo and repeat whole commands': again,
  'a command takes graphemes whole': graphemeRows,
};

for (const [name, rows] of Object.entries(groups)) {
  test(name, () => {
    for (const [before, keys, after] of rows) {
      const shown = show(press(standing(before), keys));
      assert.equal(shown, after, `${JSON.stringify(before)} ${keys}`);
    }
  });
}

test('the rows are many', () => {
  assert.ok(Object.values(groups).flat().length >= 120);
});

test('k and j go on to the history, and the draft comes back', () => {
  let now = press(standing('a draft|s'), 'k');
  assert.equal(show(now), 'second messag|e');
  now = press(now, 'k');
  assert.equal(show(now), 'first messag|e');
  assert.equal(show(press(now, '2j')), 'a draft|s');
});

test('an insertion is undone in one step, however it was typed', () => {
  let now = press(standing('|'), 'i');
  for (const text of ['one', ' ', 'two']) now = { ...now, editor: edit(now.editor, { type: 'insert', text }) };
  now = { ...now, editor: edit(now.editor, { type: 'kill', to: 'previous-run' }) };
  assert.equal(show(press(now, 'three<Esc>u')), '|');
});

test('what is pasted in normal mode is text behind the caret, and ends a command that was begun', () => {
  const begun = press(standing('on|e'), 'd');
  const pasted = pasteNormal(begun, 'dw:q!');
  assert.equal(show(pasted), 'onedw:q|!');
  assert.deepEqual(pasted.vi.typed, []);
  assert.equal(show(press(pasted, 'u')), 'on|e');
  assert.equal(show(pasteNormal(standing('|one'), 'x')), '|xone');
});

test('a folded paste is one grapheme for x, u and p', () => {
  const log = 'line\n'.repeat(50);
  const folded = pasteNormal(standing('on|e'), log);
  assert.equal(writtenText(folded.editor), `one${log}`);
  const gone = press(folded, 'x');
  assert.equal(writtenText(gone.editor), 'one');
  assert.equal(writtenText(press(gone, 'p').editor), `one${log}`);
  assert.equal(writtenText(press(folded, '0dw').editor), log);
});

test('v and / ask for the editor and the search, and leave the text', () => {
  assert.equal(press(standing('on|e'), 'v').asks, 'edit-outside');
  assert.equal(press(standing('on|e'), '/').asks, 'search-history');
});

test('a count that no text could hold is cut, and takes no time', () => {
  const now = press(standing('|a b c'), '99999999999w');
  assert.equal(show(now), 'a b |c');
  assert.ok(press(standing('|a'), 'yl9999999p').editor.text.length < 20_000);
});

test('the first letter of a line may be a blank with a mark on it', () => {
  const editor = edit(emptyEditor, { type: 'splice', start: 0, end: 0, text: '  \u0301a' });
  assert.equal(press(toNormal({ vi: startVi(editor), editor }), '^').editor.caret, 1);
});

test('no keys throw, and the caret stays between graphemes, on one of them in normal mode', () => {
  const pieces = [
    'a',
    'B_1',
    ' ',
    '\n',
    '.',
    '(',
    ')',
    '"',
    '한',
    'ㅎㅏㄴ',
    'e\u0301',
    '👩‍👩‍👧‍👦',
    '🇰🇷',
    '\t',
    '\u0301',
    '\ud83d',
    'ก็',
    '\u0600',
  ];
  const keys = [
    ...'hlwbeWBE0^$fFtT;,jkgGiaIAoOxXDCSs~JdcyYpPu.r123"(',
    '한',
    '👍',
    ' ',
    '<Esc>',
    '<Esc>',
    '<C-r>',
    '<paste>',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { maxLength: 24 }),
      fc.array(fc.constantFrom(...keys), { maxLength: 40 }),
      (text, typed) => {
        const editor = edit(emptyEditor, { type: 'splice', start: 0, end: 0, text: text.join('') });
        let now = toNormal({ vi: startVi(editor), editor });
        for (const key of typed) {
          now = key === '<paste>' && now.vi.mode === 'normal' ? pasteNormal(now, text.join('')) : press(now, key);
          assert.equal(snap(now.editor.text, now.editor.caret), now.editor.caret);
          if (now.vi.mode === 'normal') assert.equal(onGrapheme(now.editor.text, now.editor.caret), now.editor.caret);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

function standing(marked: string): Pressed {
  const caret = marked.indexOf('|');
  const editor: Editor = { ...emptyEditor, text: marked.replace('|', ''), caret };
  const { vi } = toNormal({ vi: startVi(editor), editor });
  return { vi: { ...vi, change: undefined }, editor };
}

function press(start: Pressed, keys: string): Pressed {
  let now = start;
  for (const [key] of keys.matchAll(/<[\w-]+>|[^<]+|</gu)) {
    if (key === '<Esc>') now = now.vi.mode === 'insert' ? toNormal(now) : { ...now, vi: { ...now.vi, typed: [] } };
    else if (key === '<C-r>' && now.vi.mode === 'normal') now = pressNormal(now, redoKey, context);
    else if (now.vi.mode === 'normal') now = typeNormal(now, key, context);
    else now = { ...now, editor: edit(now.editor, { type: 'insert', text: key }) };
  }
  return now;
}

function show({ vi, editor: { text, caret } }: Pressed): string {
  return `${text.slice(0, caret)}${vi.mode === 'normal' ? '|' : '^'}${text.slice(caret)}`;
}
