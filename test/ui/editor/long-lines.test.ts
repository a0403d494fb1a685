/** Lines of a megabyte: what is found from near by is what reading the whole line finds. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nextGrapheme, previousGrapheme, snap } from '../../../src/ui/editor/boundaries.ts';
import { viewEditor } from '../../../src/ui/editor/layout.ts';
import { pieceAt, pieceLength } from '../../../src/ui/editor/pieces.ts';
import { sureBoundary } from '../../../src/ui/editor/sure-boundary.ts';

const segmenter = new Intl.Segmenter();

/** The plain way. */
function boundaries(text: string): readonly number[] {
  return [...Array.from(segmenter.segment(text), ({ index }) => index), text.length];
}

const signs = [
  ...['a', ' ', '.', '\t', 'ñ', '한', '中', 'か\u3099', 'ㅎ', '\u1112', '\u1161', '\u11ab', '각', '가\u11a8'],
  ...[
    '\u0301',
    '\u200d',
    '\u200c',
    '\ufe0f',
    '\u0e01',
    '\u0e33',
    '\u0e34',
    '\u0e48',
    'क',
    '\u094d',
    'ष',
    'ി',
    '\u0d4e',
  ],
  ...[
    '😀',
    '👍🏽',
    '\u{1f3fd}',
    '👩‍👩‍👧‍👦',
    '🇰🇷',
    '\u{1f1e6}',
    '1️⃣',
    '❤️',
    '\u0600',
    '\u{110bd}',
    '\u{e0020}',
    '\ud83d',
    '\ude00',
  ],
];
const wild = fc.array(fc.constantFrom(...signs), { maxLength: 60 }).map((found) => found.join(''));
/** One line, longer than several pieces. */
const longLine = fc
  .oneof(
    fc.constantFrom('🇰🇷', '\u{1f1e6}', '👩‍👩‍👧‍👦', 'ก็', '각', 'a'),
    // Marks alone are no text: a letter stands among them.
    fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((found) => `${found.join('')}한`),
  )
  .map((period) => period.repeat(Math.ceil((3.5 * pieceLength) / period.length)));

test('a boundary that is told from two characters is one', () => {
  fc.assert(
    fc.property(wild, (text) => {
      const real = new Set(boundaries(text));
      for (let at = 0; at <= text.length; at++) {
        const found = sureBoundary(text, at);
        assert.ok(found === undefined || (found <= at && real.has(found)), `${JSON.stringify(text)} ${at} ${found}`);
      }
    }),
    { numRuns: 1000 },
  );
});

test('an offset inside a grapheme is brought to its end', () => {
  fc.assert(
    fc.property(wild, (text) => {
      const real = boundaries(text);
      for (let at = 0; at <= text.length; at++) {
        assert.equal(
          snap(text, at),
          real.find((boundary) => boundary >= at),
          `${JSON.stringify(text)} ${at}`,
        );
      }
    }),
  );
});

test('in a long line the graphemes before and behind a caret are those of the whole line', () => {
  fc.assert(
    fc.property(longLine, fc.nat(), (text, place) => {
      const real = boundaries(text);
      const index = place % real.length;
      const caret = real[index] ?? 0;
      assert.equal(previousGrapheme(text, caret), real[index - 1] ?? 0);
      assert.equal(nextGrapheme(text, caret), real[index + 1] ?? text.length);
      assert.equal(snap(text, caret), caret);
    }),
    { numRuns: 50 },
  );
});

test('a long line is laid out in pieces, each as a line of its own would be', () => {
  fc.assert(
    fc.property(longLine, fc.nat(), fc.integer({ min: 2, max: 90 }), (text, place, columns) => {
      const real = boundaries(text);
      const caret = real[place % real.length] ?? 0;
      const { start, end } = pieceAt(text, caret);
      assert.ok(start <= caret && (caret < end || end === text.length));
      assert.ok(end - start <= 2 * pieceLength);
      assert.ok(start === 0 || pieceAt(text, start - 1).end === start);
      const whole = viewEditor({ text, caret }, columns, 1);
      const alone = viewEditor({ text: text.slice(start, end), caret: caret - start }, columns, 1);
      assert.deepEqual([whole.rows, whole.caret], [alone.rows, alone.caret]);
    }),
    { numRuns: 50 },
  );
});

test('rows above and below lead from one piece to the next, and lose nothing', () => {
  const text = '한국 👍 e\u0301 '.repeat(2000);
  const first = viewEditor({ text, caret: 0 }, 20, 100_000);
  assert.equal(first.rows.join(''), text);
  assert.ok(first.fromStart && first.toEnd);
});
