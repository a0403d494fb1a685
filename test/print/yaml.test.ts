import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../src/core/json.ts';
import { readJson, toJsonNode } from '../../src/core/json-node.ts';
import { toYaml } from '../../src/print/yaml.ts';

const yaml = (value: Json): string => toYaml(toJsonNode(value));

test('objects, lists and text over several lines read as one would write them', () => {
  assert.equal(
    yaml({ 이름: '김민수', tags: ['a', 'b c'], empty: [], none: {}, bio: 'one\ntwo\n', at: { x: null, ok: true } }),
    '이름: 김민수\ntags:\n  - a\n  - b c\nempty: []\nnone: {}\nbio: |\n  one\n  two\nat:\n  x: null\n  ok: true\n',
  );
  assert.equal(yaml('a\nb'), '"a\\nb"\n');
  assert.equal(yaml([{ a: 1, b: 2 }]), '- a: 1\n  b: 2\n');
});

test('numbers keep their digits, with an exponent that YAML 1.1 knows', () => {
  const read = readJson('[12345678901234567890123, 1.10, -0, 1e5, 2E-3, 1.5e400]');
  assert.ok(read.ok);
  assert.equal(toYaml(read.node), '- 12345678901234567890123\n- 1.10\n- -0\n- 1.0e+5\n- 2.0e-3\n- 1.5e+400\n');
});

test('strings that look like something else are quoted', () => {
  const words = [
    'yes',
    'no',
    'on',
    'null',
    '~',
    'true',
    '1',
    '1e5',
    '0x1F',
    '017',
    '1_000',
    '12:30:45',
    '2024-01-01',
    '',
    ' a ',
    '- a',
    'a: b',
    '# c',
    '=',
    '<<',
    '.inf',
    '*a',
    '&a',
    '!t',
    '%d',
    '@a',
    '`a`',
    '{a',
    '[a',
  ];
  for (const word of words) assert.match(yaml([word]), /^- ["']/, word);
  for (const word of ['one', 'a-b', 'x1', '한국어', 'it is "so"', "it's"]) assert.equal(yaml([word]), `- ${word}\n`);
});

test('what cannot be seen is escaped, in keys too, and nothing is lost', () => {
  const value = {
    'k\u202e': 'a\x1b[31mb',
    tag: '\u{e0041}x',
    cr: 'a\r\nb',
    nel: 'a\u0085b',
    half: '\ud800',
    none: '\uffff',
  };
  const text = yaml(value);
  assert.doesNotMatch(text, /[^\n\x20-\x7e]/);
  assert.match(text, /"\\U000e0041x"/);
  assert.deepEqual(parse(text), value);
  assert.equal(yaml(['\\ud83d\\ude00']), '- \\ud83d\\ude00\n');
});

test('every value comes back the same from readers of YAML 1.2 and 1.1', () => {
  const odd = [
    'a\tb',
    '\ta',
    ' a\nb',
    'a\n\n',
    '\n',
    '\n x',
    'x\n  y',
    'x \ny',
    '#\n#',
    '---',
    '...',
    '? a',
    'a #b',
    'a:',
    "'",
    '"',
    '|',
    '>',
    'a\u2028b',
    '\ufeff',
    '1:20',
    'y',
  ];
  const text = fc.oneof(
    fc.constantFrom(...odd),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string(),
  );
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(null, true, false),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(text, tie('json'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(json, (value) => {
      const written = yaml(value);
      assert.equal(JSON.stringify(parse(written)), JSON.stringify(value));
      assert.equal(JSON.stringify(parse(written, { version: '1.1' })), JSON.stringify(value));
    }),
    { numRuns: 300 },
  );
});

test('what is nested deeper than one reads goes on as JSON', () => {
  const deep = readJson(`${'['.repeat(50_000)}"\u202e"${']'.repeat(50_000)}`);
  assert.ok(deep.ok);
  assert.match(toYaml(deep.node), /\[\[\["\\u202e"\]\]\]/);
});
