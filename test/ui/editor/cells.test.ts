/** The caret's cell against a terminal's: what stands under it on the screen is what stands behind it in the text. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import xterm from '@xterm/headless';
import { graphemes } from '../../../src/terminal/width.ts';
import { viewEditor } from '../../../src/ui/editor/layout.ts';
import { graphemeCells } from '../../support/grapheme-cells.ts';

const texts: Readonly<Record<string, string>> = {
  'Korean syllables': '한글 입력은 바로 여기에 나타납니다',
  jamo: 'ㅎㅏㄴㄱㅡㄹ ㅋㅋㅋ ㅠㅠ',
  'decomposed Korean': '한글 입력은 바로'.normalize('NFD'),
  'old Korean': '\u1112\u1161\u11ab\u1100\u1173\u11af 한',
  Chinese: '中文输入，法。测试a测试b',
  Japanese: 'ひらがなカタカナ漢字ーか\u3099ﾊﾝｶｸ',
  'emoji families': '👩‍👩‍👧‍👦a👍🏽👍🧑🏻‍❤️‍🧑🏿 ❤️ 1️⃣',
  flags: '🇰🇷🇨🇳a🇯🇵🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}b',
  'e with an accent': 'éte\u0301 cafe\u0301 a\u0302\u0301b',
  Thai: 'ภาษาไทยที่นี่ก็ได้',
  Devanagari: 'नमस्ते हिन्दी में लिखो',
  Arabic: 'السَّلامُ عليكم',
  Hebrew: 'שָׁלוֹם עולם',
  'tabs and controls': 'a\tb\x1bc\x00d',
};

test('for every position of every script, at every width, the cell of the caret is the terminal’s', async () => {
  for (const [name, text] of Object.entries(texts)) {
    for (const columns of [7, 8, 11, 18, 60]) {
      const emulator = await drawn(viewEditor({ text, caret: 0 }, columns, 100).rows, columns);
      let caret = 0;
      for (const grapheme of graphemes(text)) {
        const { caret: cell, rows } = viewEditor({ text, caret }, columns, 100);
        const under = emulator.buffer.active.getLine(cell.y)?.getCell(cell.x);
        const shown = viewEditor({ text: grapheme, caret: 0 }, columns, 1).rows[0] ?? '';
        const first = graphemes(shown)[0] ?? '';
        const where = `${name} at ${columns}: ${JSON.stringify(grapheme)} at ${caret}, row ${rows[cell.y]}`;
        // A syllable of Devanagari takes a cell for each of its consonants.
        assert.ok(first.startsWith(under?.getChars() || ' '), where);
        caret += grapheme.length;
      }
      const { caret: end, rows } = viewEditor({ text, caret }, columns, 100);
      assert.equal(end.y, rows.length - 1, name);
      assert.equal(end.x, emulator.buffer.active.cursorX, `${name} at ${columns}: behind the last`);
    }
  }
});

/** One cell wider than the rows: the caret may stand behind a full one. */
async function drawn(rows: readonly string[], columns: number): Promise<xterm.Terminal> {
  const emulator = new xterm.Terminal({ cols: columns + 1, rows: 100, allowProposedApi: true });
  emulator.unicode.register(graphemeCells);
  emulator.unicode.activeVersion = graphemeCells.version;
  await new Promise<void>((resolve) => emulator.write(rows.join('\r\n'), resolve));
  return emulator;
}
