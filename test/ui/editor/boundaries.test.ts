/** Backspace and the arrows against Unicode's rules (UAX #29), the cases our own. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextGrapheme, previousGrapheme } from '../../../src/ui/editor/boundaries.ts';

/** `÷` is a boundary, as in Unicode's own tables. The rule that decides stands before it. */
const cases: readonly (readonly [rule: string, graphemes: string])[] = [
  ['GB4 and GB5', 'a÷\n÷👍÷\n÷\u0301'],
  ['GB4 and GB5', 'a÷\u0001÷\u0301'],
  ['GB5', 'a÷\u{E01F0}÷\u0301÷\u{E01F1}÷b'],
  ['GB6', '\u1112\u1161\u11ab÷\u1100\u1173\u11af'],
  ['GB6', '\u1100\u1100\uac00÷\uac00'],
  ['GB7', '\uac00\u11a8÷\u1100'],
  ['GB7', '\u1160\u11a8\u11a8÷\u1100'],
  ['GB8', '\uac01\u11a8÷\uac00'],
  ['compatibility jamo do not join', 'ㅎ÷ㅏ÷ㄴ'],
  ['GB9', 'e\u0301÷e\u0301\u0302÷a'],
  ['GB9', '中\u0301÷か\u3099÷は\u309a'],
  ['GB9', 'a\u200d÷b\u200c÷c'],
  ['GB9', '1\ufe0f\u20e3÷#\ufe0f\u20e3'],
  ['GB9', '❤\ufe0f÷❤'],
  ['GB9a', 'न\u093f÷म\u0941÷த\u0bbf'],
  ['GB9a', 'ก\u0e33÷น\u0e49\u0e33'],
  ['GB9 in Thai', 'ก\u0e47÷ที\u0e48'.replace('ที', 'ท\u0e35')],
  ['GB9b', '\u0600a÷b'],
  ['GB9b', '\u{110bd}क÷a'],
  ['Arabic', 'ع\u064e÷ر\u0651\u064e÷ب'],
  ['GB11', '👩\u200d👩\u200d👧\u200d👦÷👩'],
  ['GB11', '👍🏽÷👍÷🏳\ufe0f\u200d🌈÷🧑🏻\u200d❤\ufe0f\u200d🧑🏿'],
  ['GB11', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}÷🏴'],
  ['GB12', '🇰🇷÷🇨🇳÷🇯'],
  ['GB13', 'a÷🇰🇷÷🇨🇳÷b'],
  ['GB999', 'a÷한÷中÷あ÷ア÷é÷ÿ÷ß'],
];

test('the caret goes from boundary to boundary, both ways', () => {
  for (const [rule, marked] of cases) {
    const graphemes = marked.split('÷');
    const text = graphemes.join('');
    let offset = 0;
    for (const grapheme of graphemes) {
      assert.equal(nextGrapheme(text, offset), offset + grapheme.length, `${rule}: behind ${grapheme}`);
      offset += grapheme.length;
      assert.equal(previousGrapheme(text, offset), offset - grapheme.length, `${rule}: before ${grapheme}`);
    }
  }
});

test('any mixture is divided as the segmenter of the platform divides it', () => {
  const parts = cases.flatMap(([, marked]) => marked.split('÷')).flatMap((grapheme) => Array.from(grapheme));
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const segmenter = new Intl.Segmenter();
  for (let run = 0; run < 500; run++) {
    const text = Array.from({ length: 12 }, () => parts[random(parts.length)]).join('');
    let offset = 0;
    for (const { segment } of segmenter.segment(text)) {
      assert.equal(nextGrapheme(text, offset), offset + segment.length, JSON.stringify(text));
      offset += segment.length;
      assert.equal(previousGrapheme(text, offset), offset - segment.length, JSON.stringify(text));
    }
  }
});
