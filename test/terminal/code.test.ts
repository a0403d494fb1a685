import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Block, createBlockSplitter } from '../../src/terminal/blocks.ts';
import { createHighlighter, readLines } from '../../src/terminal/code/highlighter.ts';
import { readCode } from '../../src/terminal/code/languages.ts';
import { loadLanguages } from '../../src/terminal/code/load-languages.ts';
import { renderBlock } from '../../src/terminal/markdown.ts';
import { createSanitizer, sanitize } from '../../src/terminal/sanitize.ts';
import { createTheme } from '../../src/terminal/theme.ts';

const look = { columns: 60, theme: createTheme({ color: 1 }), hyperlinks: false };
const draw = (blocks: readonly Block[]) => blocks.flatMap((block) => renderBlock(block, look));

function drawn(source: string, size = source.length): { readonly lines: readonly string[]; readonly tails: string[] } {
  const splitter = createBlockSplitter();
  const sanitizer = createSanitizer();
  const highlighter = createHighlighter();
  const lines: string[] = [];
  const tails: string[] = [];
  for (let at = 0; at < source.length; at += size) {
    lines.push(...draw(highlighter.take(splitter.push(sanitizer.push(source.slice(at, at + size))))));
    tails.push([...lines, ...draw(highlighter.tail(splitter.tail()))].join('\n'));
  }
  return { lines: [...lines, ...draw(highlighter.end(splitter.end()))], tails };
}

test('code waits for the grammars, and comes at the end even if they never do', async () => {
  const highlighter = createHighlighter();
  const splitter = createBlockSplitter();
  assert.equal(highlighter.take(splitter.push(sanitize('before\n\n'))).length, 1);
  assert.deepEqual(highlighter.take(splitter.push(sanitize('```js\nlet a = 1;\n'))), []);
  assert.equal(highlighter.take(splitter.push(sanitize('```\n\nafter\n\n'))).length, 0);
  assert.match(draw(highlighter.tail([])).join('\n'), /let a = 1;[\s\S]*after/);
  assert.match(draw(highlighter.end([])).join('\n'), /\x1b\[36mlet a = 1;/);
});

test('code has colours and nothing else added, and unknown languages have one', async () => {
  await loadLanguages();
  const [code] = drawn('```js\nconst n = 42; // "why"\n```').lines;
  assert.equal(code, '\x1b[35mconst\x1b[39m n = \x1b[33m42\x1b[39m; \x1b[2m// "why"\x1b[22m');
  assert.deepEqual(drawn('```nolang\nconst n\n```').lines, ['\x1b[36mconst n\x1b[39m']);
  assert.deepEqual(drawn('```\nconst n\n```').lines, ['\x1b[36mconst n\x1b[39m']);
});

const samples = [
  ['js', '/* one\n   two */\nconst t = `a\n "c"\n`;\nclass A extends B {\n  go() { return /x+/g; }\n}\n'],
  ['python', 'def f(x):\n    """A\n    docstring"""\n    return f"{x} é 한글 👩‍👩‍👧"\n'],
  [
    'html',
    '<!-- a\nb -->\n<div class="x">\n<style>\na { color: red }\n</style>\n<script>\nlet x = 1\n</script>\n</div>\n',
  ],
  ['sh', 'if [ -n "$A" ]; then\n  echo "multi\nline $B"\nfi\n'],
  ['json', '{\n  "a": [1, true, null],\n  "b": "c"\n}\n'],
  ['diff', '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n'],
] as const;

test('colours do not depend on how the text was cut, and each line is coloured as in the whole', async () => {
  await loadLanguages();
  for (const [language, code] of samples) {
    const source = `\`\`\`${language}\n${code}\`\`\`\n`;
    const { lines } = drawn(source);
    for (const size of [1, 3, 17]) {
      const { lines: cut, tails } = drawn(source, size);
      assert.deepEqual(cut, lines);
      assert.equal(tails.at(-1), lines.join('\n'));
    }
    assert.equal(lines.join('\n').replace(/\x1b\[\d*m/g, ''), code.trimEnd());
    const whole = readCode(language, code)?.tokens.filter(({ role }) => role !== undefined).length ?? 0;
    assert.ok(whole > 3, language);
  }
});

test('a comment that goes on for pages stays one, and the cost of a line does not grow with it', async () => {
  await loadLanguages();
  const text = `/*\n${'many words of a comment\n'.repeat(2000)}*/\nlet a;\n`;
  const { lines } = drawn(`\`\`\`js\n${text}\`\`\``, 40);
  assert.ok(lines.slice(1, -1).every((line) => line.startsWith('\x1b[2m')));
  assert.match(lines.at(-1) ?? '', /^\x1b\[35mlet/);
});

test('code inside an item is coloured too', async () => {
  await loadLanguages();
  assert.match(drawn('1. do\n   ```js\n   let a;\n   ```\n').lines.join('\n'), /\x1b\[35mlet\x1b\[39m a;/);
});

test('no hostile line takes a grammar long', async () => {
  await loadLanguages();
  const languages =
    'bash c cpp csharp css go java javascript json kotlin lua makefile markdown perl php python r ruby rust scss sql swift typescript xml yaml';
  const pieces = [
    '(',
    '<',
    '{',
    '"',
    '\\',
    '`',
    '/*',
    '$(',
    'a.',
    '0',
    ' ',
    'a b',
    '[[',
    '<!--',
    '=>',
    '_a',
    'é',
    '((a',
    '"\\"',
    '@a(',
  ];
  let slowest = { ms: 0, what: '' };
  for (const language of languages.split(' ')) {
    for (const piece of pieces) {
      const before = performance.now();
      readLines(`${piece.repeat(Math.floor(4096 / piece.length))}\n`, { language, open: '' });
      const ms = performance.now() - before;
      if (ms > slowest.ms) slowest = { ms, what: `${language} ${piece}` };
    }
  }
  // A guard against a hang, not a measurement: 500 of these take about as long.
  assert.ok(slowest.ms < 2000, `${slowest.what}: ${slowest.ms} ms`);
});
