import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHidden } from '../../src/terminal/invisible.ts';
import { safeJson, safeJsonText } from '../../src/terminal/json.ts';
import { corpus, innocent } from './corpus.ts';
import { createRandom, hostileString } from './random.ts';
import { setTrap } from './trap.ts';

/** Controls but for the line end, bidi controls, marks, separators, tags, half pairs. */
const forbidden =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|[\u{e0001}-\u{e007f}]|[\u{e0100}-\u{e01ef}]|[\ud800-\udfff]/u;

test('no case of the corpus gets through, and each is still what it was', () => {
  for (const { id, input } of corpus) {
    const json = safeJson({ [input]: [input] });
    assert.doesNotMatch(json, forbidden, id);
    assert.deepEqual(JSON.parse(json), { [input]: [input] }, id);
  }
});

test('JSON text with raw invisible characters in its strings keeps its value', () => {
  for (const { id, input } of corpus) {
    // JSON.stringify escapes only below U+0020; a model's own text has the rest as it is.
    const json = safeJsonText(JSON.stringify(input));
    assert.doesNotMatch(json, forbidden, id);
    assert.equal(JSON.parse(json), input, id);
  }
});

test('what people write stays readable, emoji and their joiners too', () => {
  for (const text of innocent) {
    const written = safeJson(text);
    assert.equal(JSON.parse(written), text);
    if (!/[\u{e0000}-\u{e007f}]/u.test(text)) assert.equal(written, JSON.stringify(text));
  }
});

test('half a surrogate pair is written as an escape, raw or not', () => {
  assert.equal(safeJson('\ud83d'), '"\\ud83d"');
  assert.equal(safeJsonText('"a\ud83db"'), '"a\\ud83db"');
  assert.equal(safeJsonText('"\ude00\ud83d"'), '"\\ude00\\ud83d"');
  assert.equal(safeJsonText('"😀"'), '"😀"');
});

test('a character beyond the first plane becomes two escapes', () => {
  assert.equal(safeJson('\u{e0041}'), '"\\udb40\\udc41"');
});

test('a backslash before a character that is escaped does not swallow the escape', () => {
  const json = safeJsonText('{"a":"\\\\\u009b31m"}');
  assert.equal(json, '{"a":"\\\\\\u009b31m"}');
  assert.deepEqual(JSON.parse(json), { a: '\\\u009b31m' });
});

test('the line ends of a laid out value become LF, its tabs and digits stay', () => {
  assert.equal(safeJsonText('{\r\n\t"a":\r12345678901234567890\n}'), '{\n\t"a":\n12345678901234567890\n}');
});

test('an indent lays the value out', () => {
  assert.equal(safeJson({ a: [1] }, 2), '{\n  "a": [\n    1\n  ]\n}');
});

test('random hostile strings come back as they were', () => {
  const random = createRandom(8259);
  for (let round = 0; round < 5000; round++) {
    const text = hostileString(random);
    const json = safeJson({ text });
    if (forbidden.test(json)) assert.doesNotMatch(json, forbidden, JSON.stringify(text));
    assert.deepEqual(JSON.parse(json), { text });
  }
});

test('a terminal does nothing but print it', async () => {
  const trap = setTrap();
  for (const { input } of corpus.filter(({ id }) => id !== 'T67' && id !== 'T68'))
    await trap.write(`${safeJson(input)}\n`);
  assert.deepEqual(trap.effects, []);
  trap.dispose();
});

test('what is never shown of a text is escaped in JSON', () => {
  const unescaped: string[] = [];
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (isHidden(character) && safeJsonText(`"${character}"`).includes(character))
      unescaped.push(codePoint.toString(16));
  }
  assert.deepEqual(unescaped, []);
});
