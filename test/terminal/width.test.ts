import assert from 'node:assert/strict';
import { test } from 'node:test';
import stringWidth from 'string-width';
import { markSafe, safe } from '../../src/terminal/safe.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth, graphemes, truncateToWidth, wrapExactly, wrapText } from '../../src/terminal/width.ts';
import { innocent } from './corpus.ts';

test('width counts cells: two for Korean, Chinese and emoji families, none for marks and styles', () => {
  assert.equal(displayWidth('abc'), 3);
  assert.equal(displayWidth('한국어'), 6);
  assert.equal(displayWidth('한국어'.normalize('NFD')), 6);
  assert.equal(displayWidth('中文，'), 6);
  assert.equal(displayWidth('👩‍👩‍👧‍👦🇰🇷'), 4);
  assert.equal(displayWidth(createTheme({ color: 1 }).error(sanitize('é'.normalize('NFD')))), 1);
  for (const text of innocent) assert.equal(displayWidth(text.replace(/[\t\n]/g, '')), stringWidth(text));
});

test('graphemes are what a person takes for characters, also in a long text', () => {
  assert.deepEqual(graphemes('각👩‍👩‍👧‍👦é'), ['각', '👩‍👩‍👧‍👦', 'é']);
  const long = '👩‍👩‍👧‍👦🇰🇷각'.repeat(2000);
  assert.equal(graphemes(long).length, 6000);
  assert.equal(graphemes(long).join(''), long);
});

test('truncation never splits a wide character and says that it cut', () => {
  assert.equal(truncateToWidth(sanitize('한국어'), 6), '한국어');
  assert.equal(truncateToWidth(sanitize('한국어'), 5), '한국…');
  assert.equal(truncateToWidth(sanitize('한국어'), 4), '한…');
  assert.equal(truncateToWidth(sanitize('👨‍👩‍👧 family'), 4), '👨‍👩‍👧 …');
  assert.equal(truncateToWidth(sanitize('abc'), 0), '');
  const red = createTheme({ color: 1 }).error(sanitize('a long error'));
  assert.equal(truncateToWidth(red, 7), '\x1b[31ma long…\x1b[39m');
});

test('lines break at spaces, between Chinese characters, and in words that fit no line', () => {
  assert.deepEqual(wrapText(sanitize('one two three'), 8), ['one two', 'three']);
  assert.deepEqual(wrapText(sanitize('한국어 문장 하나'), 12), ['한국어 문장', '하나']);
  assert.deepEqual(wrapText(sanitize('我们在这里，你好。'), 10), ['我们在这', '里，你好。']);
  assert.deepEqual(wrapText(sanitize('他说「你好」了'), 8), ['他说「你', '好」了']);
  assert.deepEqual(wrapText(sanitize('https://example.com/path'), 10), ['https://ex', 'ample.com/', 'path']);
  assert.deepEqual(wrapText(sanitize('한글한글한'), 5), ['한글', '한글', '한']);
  assert.deepEqual(wrapText(sanitize('a  b\n\n  c'), 4), ['a  b', '', '  c']);
  assert.deepEqual(wrapText(sanitize(''), 4), ['']);
  assert.deepEqual(wrapText(sanitize('한'), 1), ['한']);
});

test('code is cut at the edge with every space, tabs on stops of four', () => {
  assert.deepEqual(wrapExactly(sanitize('ab   cd'), 4), ['ab  ', ' cd']);
  assert.deepEqual(wrapExactly(sanitize('\ta\tb'), 20), ['    a   b']);
});

test('a wrapped style ends on its line and goes on with the next', () => {
  const theme = createTheme({ color: 1 });
  const text = theme.strong(safe`one ${theme.error(safe`two three`)} four`);
  assert.deepEqual(wrapText(text, 8), [
    '\x1b[1mone \x1b[31mtwo\x1b[39m\x1b[22m',
    '\x1b[1m\x1b[31mthree\x1b[39m\x1b[22m',
    '\x1b[1mfour\x1b[22m',
  ]);
  const link = '\x1b]8;;https://a.example\x1b\\long label\x1b]8;;\x1b\\';
  assert.deepEqual(wrapText(markSafe(link), 6), [
    '\x1b]8;;https://a.example\x1b\\long\x1b]8;;\x1b\\',
    '\x1b]8;;https://a.example\x1b\\label\x1b]8;;\x1b\\',
  ]);
});

test('no line is wider than asked, no letter is lost', () => {
  for (const text of innocent) {
    const plain = sanitize(text.replace(/[\t\n]/g, ' '));
    for (const columns of [4, 7, 20]) {
      const lines = wrapText(plain, columns);
      for (const line of lines) assert.ok(displayWidth(line) <= columns, `${line} at ${columns}`);
      assert.equal(lines.join('').replaceAll(' ', ''), plain.replaceAll(' ', ''));
    }
  }
});

test('a flag is never cut in two, wherever in a long text it stands', () => {
  for (let before = 0; before < 600; before++) {
    const flags = graphemes(`${'x'.repeat(before)}${'🇰🇷'.repeat(160)}`).slice(before);
    assert.ok(
      flags.every((flag) => flag === '🇰🇷'),
      `after ${before} characters`,
    );
  }
});
