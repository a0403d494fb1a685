import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainRange } from '../../src/terminal/invisible.ts';
import { createSanitizer, reveal, sanitize, sanitizeLine } from '../../src/terminal/sanitize.ts';
import { corpus, innocent } from './corpus.ts';
import { createRandom, hostileString } from './random.ts';

/** Nothing of this may ever be in sanitised text, whatever stood around it. */
const forbidden =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]|[\ud800-\udfff]/u;

function inPieces(pieces: readonly string[]): string {
  const sanitizer = createSanitizer();
  return pieces.map((piece) => sanitizer.push(piece)).join('') + sanitizer.end();
}

/** Every cut in two, as UTF-16 units; a long text is cut only near its ends. */
function* cuts(text: string): Iterable<readonly [string, string]> {
  for (let at = 0; at <= text.length; at++) {
    if (at > 60 && at < text.length - 60) continue;
    yield [text.slice(0, at), text.slice(at)];
  }
}

for (const { id, what, input, shown } of corpus) {
  test(`${id} ${what}: only the text is left, however the stream is cut`, () => {
    assert.equal(sanitize(input), shown);
    assert.doesNotMatch(shown, forbidden);
    for (const [first, second] of cuts(input)) {
      if (input.length < 100_000 || first.length < 8) assert.equal(inPieces([first, second]), shown);
    }
    if (input.length < 1000) assert.equal(inPieces(input.split('')), shown);
  });
}

test('what people write passes unchanged, also one unit at a time', () => {
  for (const text of innocent) {
    assert.equal(sanitize(text), text);
    assert.equal(inPieces(text.split('')), text);
  }
});

test('line ends of all kinds become LF once', () => {
  for (const [input, shown] of [
    ['a\r\nb\rc\n\rd\r\r\ne', 'a\nb\nc\n\nd\n\ne'],
    ['a\r\x1b[K\nb', 'a\nb'],
    ['\r\n\r\n', '\n\n'],
  ] as const) {
    assert.equal(sanitize(input), shown);
    assert.equal(inPieces(input.split('')), shown);
  }
});

test('plain text is given on at once and as it is', () => {
  const sanitizer = createSanitizer();
  for (const chunk of ['Hello ', '세계', '中文，', '\n', 'e', '\u0301', '😀'])
    assert.equal(sanitizer.push(chunk), chunk);
  assert.equal(sanitizer.push('👩'), '👩');
  assert.equal(sanitizer.push('\u200d'), '', 'a joiner waits for what it joins');
  assert.equal(sanitizer.push('🚀'), '\u200d🚀');
  assert.equal(sanitizer.push('\ud83d'), '');
  assert.equal(sanitizer.push('\ude00'), '😀');
  assert.equal(sanitizer.push('\r'), '\n');
  assert.equal(sanitizer.push('\n'), '');
});

test('the end of a stream forgets an open sequence and shows half a pair as U+FFFD', () => {
  const sanitizer = createSanitizer();
  assert.equal(sanitizer.push('a\x1b]0;open'), 'a');
  assert.equal(sanitizer.end(), '');
  assert.equal(sanitizer.push('b\ud83d'), 'b');
  assert.equal(sanitizer.end(), '\ufffd');
  assert.equal(sanitizer.push('\ude00c'), '\ufffdc');
});

test('joiners and selectors go where they join nothing', () => {
  assert.equal(sanitize('pass\u200dword a\u200cb x\ufe0f y\ufe0e 1\ufe0e'), 'password ab x y 1');
  assert.equal(sanitize('👩\u200dx 👩\u200d\u200d\u200d🚀 ❤\ufe0f\ufe0f\ufe0e'), '👩x 👩\u200d🚀 ❤\ufe0f');
  assert.equal(sanitize(`🏴${'\u{e0067}'.repeat(5000)}!`), '🏴!');
});

test('100,000 random strings: nothing forbidden, and the same at any cut', () => {
  const random = createRandom(20_190_722);
  for (let round = 0; round < 100_000; round++) {
    const text = hostileString(random);
    const whole = sanitize(text);
    if (forbidden.test(whole)) assert.doesNotMatch(whole, forbidden, JSON.stringify(text));
    const at = random(text.length + 1);
    const cut = inPieces([text.slice(0, at), text.slice(at)]);
    if (cut !== whole) assert.equal(cut, whole, `${JSON.stringify(text)} cut at ${at}`);
  }
});

test('sanitising twice changes nothing', () => {
  const random = createRandom(7);
  for (let round = 0; round < 10_000; round++) {
    const once = sanitize(hostileString(random));
    if (sanitize(once) !== once) assert.equal(sanitize(once), once, JSON.stringify(once));
  }
});

test('the stretches that are not looked at hold no control, mark, format or ignorable character', () => {
  const plain = new RegExp(`[${plainRange}]`);
  const looked = /[\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/u;
  for (let unit = 0; unit <= 0xffff; unit++) {
    const character = String.fromCharCode(unit);
    if (character === '\n' || character === '\t' || !plain.test(character)) continue;
    assert.doesNotMatch(character, looked, `U+${unit.toString(16)}`);
  }
});

test('a title stays on one line', () => {
  assert.equal(sanitizeLine('one\r\ntwo\n\n\tthree\x1b[2J\u2028four'), 'one two three four');
});

test('an approval shows what a person would not see, and removes nothing', () => {
  assert.equal(reveal('ls\r\x1b[2Krm'), 'ls\\r\\u{1B}[2Krm');
  assert.equal(reveal('a\u200bb\u3164c\u{e0041}d\u202ee'), 'a\\u{200B}b\\u{3164}c\\u{E0041}d\\u{202E}e');
  assert.equal(reveal('echo 1\n\techo 2'), 'echo 1\\n\\techo 2');
  assert.equal(reveal('한국어 中文 é'.normalize('NFD')), '한국어 中文 é'.normalize('NFD'));
  assert.equal(reveal(`e${'\u0301'.repeat(10)}`), `e${'\u0301'.repeat(8)}\\u{301}\\u{301}`);
  assert.equal(reveal('\ud83d\u009b\u00a0\u3000'), '\\u{D83D}\\u{9B}\\u{A0}\\u{3000}');
  for (const { input } of corpus) assert.doesNotMatch(reveal(input), forbidden);
});
