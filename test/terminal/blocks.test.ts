import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lexer, type MarkedToken } from 'marked';
import { maxBlockLength } from '../../src/terminal/block-scan.ts';
import { type Block, createBlockSplitter } from '../../src/terminal/blocks.ts';
import { type MarkdownOptions, renderBlock } from '../../src/terminal/markdown.ts';
import { markSafe, type SafeText } from '../../src/terminal/safe.ts';
import { sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { renderMarkdown } from '../support/render-markdown.ts';
import { documents } from './documents.ts';
import { createRandom, pick, type Random } from './random.ts';

const options: MarkdownOptions = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
const draw = (blocks: readonly Block[]) => blocks.flatMap((block) => renderBlock(block, options));

function stream(pieces: readonly string[]): Block[] {
  const splitter = createBlockSplitter();
  const blocks = pieces.flatMap((piece) => splitter.push(markSafe(piece)));
  return [...blocks, ...splitter.end()];
}

test('blocks drawn as they come are the whole drawn at once, at every cut', () => {
  for (const source of documents.map(sanitize)) {
    const whole = renderMarkdown(source, options);
    assert.deepEqual(draw(stream(source.split(''))), whole);
    for (let at = 1; at < source.length; at += 3) {
      assert.deepEqual(draw(stream([source.slice(0, at), source.slice(at)])), whole);
    }
  }
});

test('what is on the screen at any moment is the text so far drawn at once', () => {
  for (const source of documents.map(sanitize)) {
    const splitter = createBlockSplitter();
    const committed: SafeText[] = [];
    for (let at = 0; at < source.length; at++) {
      committed.push(...draw(splitter.push(markSafe(source.slice(at, at + 1)))));
      if (at % 5 > 0) continue;
      assert.deepEqual(
        [...committed, ...draw(splitter.tail())],
        renderMarkdown(markSafe(source.slice(0, at + 1)), options),
      );
    }
  }
});

test('a block is given as soon as later text cannot change it', () => {
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['# Title\n', ['# Title']],
    ['A paragraph\nof two lines\n', []],
    ['\n', ['A paragraph\nof two lines']],
    ['Steps:\n', []],
    ['1. one\n', ['Steps:']],
    ['   more of one\n', []],
    ['2. two\n', ['1. one\n   more of one']],
    ['\n', []],
    ['| a | b |\n', ['2. two']],
    ['|---|---|\n| 1 | 2 |\n', []],
    ['\n```js\n', ['| a | b |\n|---|---|\n| 1 | 2 |']],
    ['let x;\n', ['let x;\n']],
    ['half', []],
    [' line\n', ['half line\n']],
    ['```\n', ['']],
    ['> quote\n\n', ['> quote']],
    ['---\n', ['---']],
  ];
  const splitter = createBlockSplitter();
  for (const [delta, expected] of steps) {
    assert.deepEqual(
      splitter.push(sanitize(delta)).map(({ source }) => source),
      expected,
      delta,
    );
  }
  assert.deepEqual(splitter.end(), []);
});

test('items keep their numbers, whatever their own source says', () => {
  const lines = renderMarkdown(sanitize('7. a\n7. b\n\n1. c\n- x\n1. y\n'), options);
  assert.deepEqual(lines, ['7. a', '8. b', '', '9. c', '- x', '1. y']);
});

test('a splitter can be used again after its end', () => {
  const splitter = createBlockSplitter();
  splitter.push(sanitize('a\n\nb'));
  splitter.end();
  assert.deepEqual(splitter.push(sanitize('# c\n')), [{ kind: 'markdown', source: '# c', gap: false }]);
});

test('no block and no tail grows past the limit', () => {
  const endless = [
    'word '.repeat(8000),
    'a'.repeat(40_000),
    '한'.repeat(20_000),
    `${'😀'.repeat(10_000)}`,
    'line of a paragraph\n'.repeat(2000),
    `| a | b |\n|---|---|\n${'| 한글 | x |\n'.repeat(3000)}`,
    `- item\n${'  more of it\n'.repeat(3000)}`,
    '> quoted\n'.repeat(4000),
    `<div>\n${'html\n'.repeat(7000)}`,
    `<!-- ${'never ends\n'.repeat(3000)}`,
    `\`\`\`\n${'code\n'.repeat(8000)}`,
    `\`\`\`\n${'x'.repeat(40_000)}`,
  ];
  for (const source of endless) {
    const splitter = createBlockSplitter();
    const pieces: Block[] = [];
    for (let at = 0; at < source.length; at += 1997) {
      pieces.push(...splitter.push(markSafe(source.slice(at, at + 1997))));
      for (const { source: rest } of splitter.tail()) assert.ok(rest.length <= 2 * maxBlockLength);
    }
    pieces.push(...splitter.end());
    for (const piece of pieces) assert.ok(piece.kind === 'code' || piece.source.length <= 2 * maxBlockLength);
    assert.deepEqual(draw(pieces), renderMarkdown(markSafe(source), options));
    const letters = (text: string) => text.replace(/[^\p{L}😀]/gu, '').replace(/^ab/, '');
    if (!source.startsWith('|')) assert.equal(letters(draw(pieces).join('')), letters(source));
  }
});

test('a table past the limit goes on under its head again', () => {
  const source = `| 이름 | b |\n|---|---|\n${'| 한글 | x |\n'.repeat(3000)}`;
  const lines = renderMarkdown(sanitize(source), options);
  assert.equal(lines.filter((line) => line.startsWith('한글')).length, 3000);
  assert.ok(lines.every((line) => line === '' || /^(이름|한글|----) {2,}|^---- {2}-$/.test(line)));
});

test('the splitter cuts random documents where the lexer does', () => {
  const random = createRandom(42);
  const different: string[] = [];
  for (let round = 0; round < 4000; round++) {
    const source = randomDocument(random);
    if (blocksOf(source).join('\0') !== tokensOf(source).join('\0')) different.push(source);
  }
  // What is left: HTML directly after a fence inside an item, and setext underlines after lines that only look
  // like a list or a table. They are drawn all the same, as a rule or as text.
  assert.ok(different.length <= 5, different.map((source) => JSON.stringify(source)).join('\n'));
});

/** Top-level tokens as text; lists item by item, code without its fences. */
function tokensOf(source: string): string[] {
  // No extensions are installed, so every token is one of marked's own.
  return (new Lexer({ gfm: true }).lex(source) as MarkedToken[]).flatMap(describe);
}

function blocksOf(source: string): string[] {
  const blocks: string[] = [];
  let code: string | undefined;
  for (const block of stream([source])) {
    if (block.kind === 'code') {
      code = (code ?? '') + block.source;
      if (block.closes) blocks.push(`code ${code.trimEnd()}`);
      if (block.closes) code = undefined;
    } else {
      blocks.push(...tokensOf(block.source));
    }
  }
  return blocks;
}

function describe(token: MarkedToken): string[] {
  if (token.type === 'space') return [];
  if (token.type === 'list') return token.items.map((item) => `item ${item.raw.trim().replace(/\n[ \t]+\n/g, '\n\n')}`);
  if (token.type === 'code') return [`code ${token.text.trimEnd()}`];
  return [`${token.type} ${token.raw.trim()}`];
}

/** Without an indented fence: marked takes tabs off its lines as if they were one space (CommonMark 4.5 does not). */
const lines: readonly [string, ...string[]] = [
  ...([
    '',
    '',
    '',
    'text',
    'more text',
    '# heading',
    '---',
    '***',
    '===',
    '```',
    '```js',
    '~~~',
    '> quote',
    '>',
    '- item',
  ] as const),
  ...[
    '* star',
    '1. one',
    '2. two',
    '1) paren',
    '-',
    '  - nested',
    '   three',
    '    four',
    '      six',
    '  two',
    '| a | b |',
  ],
  ...['|---|---|', '| 1 | 2 |', '<div>', '</div>', '<!-- c', '-->', '<b>', '\tcode', '- [ ] task', '한글', 'a | b'],
];

function randomDocument(random: Random): string {
  return Array.from({ length: 1 + random(9) }, () => pick(random, lines)).join('\n');
}
