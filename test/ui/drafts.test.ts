import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileMentions } from '../../src/core/file-mentions.ts';
import { attachedPaths, writtenPart } from '../../src/core/written-part.ts';
import { readWritten } from '../../src/ui/commands/index.ts';
import { createDrafts } from '../../src/ui/drafts.ts';
import { type DraftPart, foldAgain } from '../../src/ui/editor/draft-parts.ts';
import { type Editor, edit, emptyEditor, writtenText } from '../../src/ui/editor/editor.ts';

const log = Array.from({ length: 30 }, (_, index) => `line ${index} 한국`).join('\n');

const restored = (parts: readonly DraftPart[], editor: Editor = emptyEditor): Editor =>
  edit(editor, { type: 'restore', parts });

/** Folded pastes as `[…]`. */
function seen({ text, pastes }: Editor): string {
  return Array.from(text, (sign) => (pastes.has(sign) ? `[${pastes.get(sign)?.lines}]` : sign)).join('');
}

test('a message comes back with its pastes folded as they were, and sent unchanged it is the same', () => {
  const drafts = createDrafts();
  let editor = edit(emptyEditor, { type: 'insert', text: 'Compare @a.txt, ' });
  editor = edit(editor, { type: 'paste', text: log });
  editor = edit(editor, { type: 'insert', text: ' and\n' });
  editor = edit(editor, { type: 'paste', text: `${log}\n@b.txt` });
  const message = writtenText(editor);
  drafts.note(message, editor.text, editor.pastes);
  const again = restored(drafts.of({ text: message, attached: ['a.txt'] }), edit(editor, { type: 'clear' }));
  assert.equal(seen(again), 'Compare @a.txt, [30] and\n[31]');
  assert.equal(writtenText(again), message);
  // What a paste names stays in it, and is not sent along.
  assert.deepEqual(
    fileMentions(again.text).map(({ bare }) => bare),
    ['a.txt'],
  );
});

test('what was typed in this run is not folded, however long it is', () => {
  const drafts = createDrafts();
  drafts.note(log, log, new Map());
  assert.equal(restored(drafts.of({ text: log, attached: [] })).text, log);
});

const stored: readonly (readonly [text: string, seen: string])[] = [
  ['Hello', 'Hello'],
  ['one\ntwo\n\nthree', 'one\ntwo\n\nthree'],
  [`Explain:\n${log}`, 'Explain:\n[30]'],
  [`Explain\n\n${log}\n\nIn Korean, please.`, 'Explain\n\n[30]\n\nIn Korean, please.'],
  [`${log}\n\n${log}\n\nWhy?`, 'line 0 한국\n[60]\n\nWhy?'],
  ['x'.repeat(2000), '[1]'],
  [`See @a.txt\n${log}`, 'See @a.txt\n[30]'],
  [`${log}\nSee @a.txt.\n${log}`, 'line 0 한국\n[29]\nSee @a.txt.\n[30]'],
  ['short\n\n'.repeat(30).trim(), 'short\n[58]'],
  ['/etc is odd', '//etc is odd'],
  ['/etc/hosts is odd', '/etc/hosts is odd'],
];

test('of a message of an earlier run the long paragraphs are folded, and what named a file is shown', () => {
  for (const [text, shown] of stored) {
    const editor = restored(createDrafts().of({ text, attached: ['a.txt'] }));
    assert.equal(seen(editor), shown);
    assert.deepEqual(readWritten(writtenText(editor)), { kind: 'message', text });
  }
});

test('whatever a message is, its parts are all of it', () => {
  const line = fc.constantFrom('', ' ', 'word', '@a.txt', '\t한국', 'x'.repeat(300), '\u{e01f0}');
  fc.assert(
    fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
      const text = lines.join('\n');
      assert.equal(writtenText(restored(foldAgain(text, ['a.txt']))), text);
    }),
  );
});

test('the text of attached files is no part of what was written, and their paths are known', () => {
  const sent = 'See @a.txt and @b.txt\n\n<file path="a.txt">\nx\n</file>\n\n<file path="b.txt">\ny\n</file>';
  assert.equal(writtenPart(sent), 'See @a.txt and @b.txt');
  assert.deepEqual(attachedPaths(sent), ['a.txt', 'b.txt']);
  assert.deepEqual(attachedPaths('See @a.txt'), []);
});
