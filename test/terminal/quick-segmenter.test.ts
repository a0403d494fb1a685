import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { QuickSegmenter } from '../../src/terminal/quick-segmenter.ts';

const pieces = fc.constantFrom('a', ' ', '\x1b[1m', '\n', '\r', '\r\n', '\t', '한', 'e\u0301', '👋🏽', '🇰🇷', '\ud800');
const texts = fc.oneof(
  fc.string(),
  fc.array(pieces).map((parts) => parts.join('')),
);

test('texts fall into the graphemes that Intl finds', () => {
  const intl = new Intl.Segmenter();
  const quick = new QuickSegmenter();
  fc.assert(
    fc.property(texts, fc.integer({ min: -1, max: 12 }), (text, index) => {
      assert.deepEqual([...quick.segment(text)], [...intl.segment(text)]);
      assert.deepEqual(quick.segment(text).containing(index), intl.segment(text).containing(index));
    }),
  );
});

test('words are left to Intl', () => {
  const options = { granularity: 'word' } as const;
  const words = [...new QuickSegmenter('en', options).segment('two words')];
  assert.deepEqual(words, [...new Intl.Segmenter('en', options).segment('two words')]);
  assert.deepEqual(
    new QuickSegmenter('en', options).resolvedOptions(),
    new Intl.Segmenter('en', options).resolvedOptions(),
  );
});
