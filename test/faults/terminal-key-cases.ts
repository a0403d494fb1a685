/** L44-L60 as far as they need no terminal: what a keyboard sends, and what becomes of it. */

import assert from 'node:assert/strict';
import { colorLevel } from '../../src/cli/color.ts';
import { emptyEditor, edit as reduceEditor } from '../../src/ui/editor/editor.ts';
import { createKeyParser } from '../../src/ui/keys/parser.ts';
import type { Case } from './chat.ts';

function pasted(...reads: readonly string[]): string {
  const parser = createKeyParser();
  const keys = [...reads.flatMap((read) => parser.push(read)), ...parser.flush()];
  assert.ok(!keys.some((key) => key.type === 'chord' && key.chord === 'enter'), 'it was sent');
  return keys.map((key) => (key.type === 'paste' ? key.text : key.type === 'text' ? key.text : '')).join('');
}

function chords(...reads: readonly string[]): readonly string[] {
  const parser = createKeyParser();
  return reads.flatMap((read) => parser.push(read)).map((key) => (key.type === 'chord' ? key.chord : key.type));
}

export const keyCases: readonly Case[] = [
  {
    id: 'L36',
    title: 'who wants no colour gets none, who forces it gets it',
    async run() {
      const terminal = { isTTY: true, getColorDepth: () => 8 };
      assert.deepEqual(
        [{ NO_COLOR: '1' }, { FORCE_COLOR: '0' }, { NO_COLOR: '' }, { CI: '1' }].map((environment) =>
          colorLevel('auto', environment, terminal),
        ),
        [0, 0, 2, 2],
      );
      assert.deepEqual([colorLevel('never', { FORCE_COLOR: '1' }, terminal), colorLevel('auto', {}, {})], [0, 0]);
    },
  },
  {
    id: 'L44',
    title: 'a paste of 10 MB, with an end mark that is none inside, arrives whole',
    async run() {
      const text = `${'a line of a log \x1b[20\n'.repeat(500_000)}end`;
      assert.equal(pasted(`\x1b[200~${text}\x1b[201~`), text);
    },
  },
  {
    id: 'L45',
    title: 'lines pasted without marks are not sent',
    run: async () => assert.equal(pasted('one\rtwo\r'), 'one\ntwo\n'),
  },
  {
    id: 'L46',
    title: 'only the real end mark ends a paste',
    run: async () => assert.deepEqual(chords('\x1b[200~a\x1b[201~', '\x03'), ['paste', 'ctrl+c']),
  },
  {
    id: 'L47',
    title: 'line ends of other systems are line ends',
    run: async () => assert.equal(pasted('\x1b[200~a\r\nb\rc\td\x1b[201~'), 'a\nb\nc\td'),
  },
  {
    id: 'L48',
    title: 'control characters in a paste are no keys',
    run: async () => assert.deepEqual(chords('\x1b[200~\x00\x03\x04\x1b[31m\x1b[201~'), ['paste']),
  },
  {
    id: 'L49',
    title: 'a paste in reads of one byte',
    run: async () => assert.equal(pasted(...'\x1b[200~a\nb\x1b[201~'), 'a\nb'),
  },
  {
    id: 'L50',
    title: 'Enter in the same read as the end of a paste is a key of its own',
    run: async () => assert.deepEqual(chords('\x1b[200~a\x1b[201~\r'), ['paste', 'enter']),
  },
  {
    id: 'L51',
    title: 'a paste that is never closed ends when its time is over',
    async run() {
      const parser = createKeyParser();
      parser.push('\x1b[200~abc');
      assert.ok(parser.waitMs() !== undefined);
      assert.deepEqual(parser.flush(), [{ type: 'paste', text: 'abc' }]);
      assert.equal(parser.push('x').length, 1);
    },
  },
  {
    id: 'L53',
    title: 'Backspace removes what a person takes for one character',
    async run() {
      for (const one of ['한', 'ㅎ', '한', '👩‍👩‍👧‍👦', '🇰🇷', 'é', 'ก็', 'क्षि', '❤️', 'a']) {
        const typed = reduceEditor(emptyEditor, { type: 'insert', text: `x${one}` });
        assert.equal(reduceEditor(typed, { type: 'delete', to: 'previous' }).text, 'x', one);
      }
    },
  },
  {
    id: 'L58',
    title: 'a sequence cut into reads is one key, a lone Escape is Escape',
    async run() {
      assert.deepEqual(chords('\x1b', '[', '1;5', 'C'), ['ctrl+right']);
      const parser = createKeyParser();
      parser.push('\x1b');
      assert.deepEqual(parser.flush(), [{ type: 'chord', chord: 'escape' }]);
    },
  },
  {
    id: 'L59',
    title: 'three dialects of one key, and replies that come late, which are none',
    async run() {
      assert.deepEqual(chords('\x1b[99;5u', '\x1b[27;5;99~', '\x03'), ['ctrl+c', 'ctrl+c', 'ctrl+c']);
      assert.deepEqual(chords('\x1b[?62;22c', '\x1b]11;rgb:0000/0000/0000\x1b\\', '\x1b[99$q'), [
        'device-attributes',
        'background',
      ]);
    },
  },
  {
    id: 'L60',
    title: 'reports of focus and mouse that nobody asked for are no text',
    run: async () => assert.deepEqual(chords('\x1b[I\x1b[O\x1b[<0;10;5M\x1b[M !!'), ['focus', 'focus']),
  },
];
