import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readJson, toJsonNode } from '../../src/core/json-node.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { countLines, linesFromEnd, renderTree } from '../../src/terminal/value-tree.ts';
import { displayWidth } from '../../src/terminal/width.ts';

const theme = createTheme({ color: 0 });

function tree(json: string, columns = 40): readonly string[] {
  const read = readJson(json);
  assert.ok(read.ok);
  return renderTree(read.node, { columns, theme });
}

test('members are lines, what lies inside is indented, elements have a dash', () => {
  assert.deepEqual(tree('{"name":"Ada","pets":[{"kind":"cat","toys":["ball"]},{}],"at":{"city":"서울"},"none":[]}'), [
    'name: Ada',
    'pets:',
    '  - kind: cat',
    '    toys:',
    '      - ball',
    '  - {}',
    'at:',
    '  city: 서울',
    'none: []',
  ]);
  assert.deepEqual(tree('[[1,[2]],3]'), ['- - 1', '  - - 2', '- 3']);
  assert.deepEqual(tree('"just text"'), ['just text']);
});

test('a number keeps its digits, and a string is quoted where it would read as something else', () => {
  assert.deepEqual(tree('{"n":9007199254740993,"e":1E400,"s":"42","t":"true","u":"","v":"two words: three"}'), [
    'n: 9007199254740993',
    'e: 1E400',
    's: "42"',
    't: "true"',
    'u: ""',
    'v: two words: three',
  ]);
  assert.deepEqual(tree('["a: b","- c","http://d","x"]'), ['- "a: b"', '- "- c"', '- http://d', '- x']);
  assert.deepEqual(tree('{"":1,"a: b":2}'), ['"": 1', '"a: b": 2']);
});

test('long text goes on further in than its key, and lines of a text are lines below it', () => {
  assert.deepEqual(tree('{"bio":"one two three four five"}', 20), ['bio: one two three', '  four five']);
  assert.deepEqual(tree('{"설명":"가나다 라마바 사아자 차카타"}', 20), ['설명: 가나다', '  라마바 사아자', '  차카타']);
  assert.deepEqual(tree('{"a":["x\\n\\ny"],"b":"p\\nq"}'), ['a:', '  - x', '', '    y', 'b:', '  p', '  q']);
});

test('what is deeper than half the width is JSON, to any depth', () => {
  const depth = 100_000;
  const lines = tree('['.repeat(depth) + ']'.repeat(depth), 20);
  assert.match(lines[0] ?? '', /^- - - - - - \[+$/);
  assert.equal(lines.join('').replace(/[^[\]]/g, '').length, 2 * (depth - 6));
});

test('nothing in keys or values drives the terminal', () => {
  const lines = tree('{"\\u001b[2Jkey\\u202e":"\\u001b]0;owned\\u0007text","\\u0007":["\\u009b31mred"]}');
  assert.deepEqual(lines, ['key: text', ':', '  - red']);
});

test('every line of any value fits the width, and is counted before it is drawn', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), fc.integer({ min: 16, max: 90 }), (value, columns) => {
      // jsonValue makes nothing but what JSON can say.
      const node = toJsonNode(value as Parameters<typeof toJsonNode>[0]);
      for (const line of renderTree(node, { columns, theme })) assert.ok(displayWidth(line) <= columns, line);
      assert.equal(countLines(node, columns), [...linesFromEnd(node, columns)].length);
    }),
    { numRuns: 150 },
  );
});
