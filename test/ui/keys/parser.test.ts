import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Key } from '../../../src/ui/keys/key.ts';
import { createKeyParser } from '../../../src/ui/keys/parser.ts';

/** `<ctrl+a>` for a chord, the text itself, `{text}` for a paste. */
function show(keys: readonly Key[]): string {
  return keys
    .map((key) => {
      if (key.type === 'text') return key.text;
      if (key.type === 'paste') return `{${key.text}}`;
      return `<${key.type === 'chord' ? key.chord : key.type}>`;
    })
    .join('');
}

const read = (...chunks: string[]): string => {
  const parser = createKeyParser();
  return show(chunks.flatMap((chunk) => [...parser.push(chunk)]));
};

const cases: readonly (readonly [sends: string, means: string])[] = [
  ['hello', 'hello'],
  ['한글 👩‍👩‍👧‍👦', '한글 👩‍👩‍👧‍👦'],
  ['hi\r', 'hi<enter>'],
  ['\r\r', '<enter><enter>'],
  ['a\x01b\x7f\x7f', 'a<ctrl+a>b<backspace><backspace>'],
  ['\x1b[A\x1b[B\x1b[C\x1b[D', '<up><down><right><left>'],
  ['\x1bOA\x1bOH\x1bOF', '<up><home><end>'],
  ['\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[3~', '<home><end><home><end><home><end><delete>'],
  ['\x1b[1;3A\x1b[1;5C\x1b[3;5~', '<alt+up><ctrl+right><ctrl+delete>'],
  ['\x1b\x1b[A', '<alt+up>'],
  ['\x1bb\x1bf\x1bd\x1b\x7f\x1b\r', '<alt+b><alt+f><alt+d><alt+backspace><alt+enter>'],
  ['\n\t\x1b[Z', '<ctrl+j><tab><shift+tab>'],
  // kitty: Shift+Enter, Ctrl+C, Ctrl+C on a Russian layout, Esc, a release, super
  ['\x1b[13;2u\x1b[99;5u\x1b[1089::99;5u\x1b[27u', '<shift+enter><ctrl+c><ctrl+c><escape>'],
  ['\x1b[97;5:3u\x1b[97;9u', ''],
  ['\x1b[27;2;13~', '<shift+enter>'],
  ['\x1b[?5u', '<kitty-protocol>'],
  ['\x1b[?2004;1$y\x1b[?2004;0$y\x1b[?2004;2$y', '<paste-marks>'],
  // what terminals say by themselves: focus, mouse (SGR, X10), cursor, attributes, colours, version
  ['a\x1b[I\x1b[O\x1b[<0;10;5M\x1b[M !!b', 'a<focus><focus>b'],
  ['a\x1b[24;80R\x1b[?62;22cb', 'a<device-attributes>b'],
  ['a\x1b]11;rgb:0000/0000/0000\x1b\\b\x1b]11;rgb:ff/ff/ff\x07c', 'a<background>b<background>c'],
  ['a\x1bP>|term(1.0)\x1b\\b\x1b_Gi=1;OK\x1b\\c', 'abc'],
  ['a\x1b[999;888;777zb\x1b[[Ab', 'abb'],
  // a sequence broken off by a key
  ['\x1b[1;\x03', '<ctrl+c>'],
  ['\x1b[200~two\r\nlines\rhere\x1b[201~', '{two\nlines\nhere}'],
  ['\x1b[200~x\x1b[31m\x00y\x1b[201~\r', '{x\x1b[31m\x00y}<enter>'],
];

test('keys are recognised in every dialect, and what is no key is never text', () => {
  for (const [sends, means] of cases) assert.equal(read(sends), means, JSON.stringify(sends));
});

test('a sequence means the same however it is cut into reads', () => {
  for (const [sends, means] of cases) {
    if (!sends.includes('\x1b')) continue;
    for (let cut = 1; cut < sends.length; cut++) {
      // Between the halves of a surrogate pair the decoder before the parser does not cut.
      if (/[\ud800-\udbff]/.test(sends[cut - 1] ?? '')) continue;
      assert.equal(read(sends.slice(0, cut), sends.slice(cut)), means, `${JSON.stringify(sends)} at ${cut}`);
    }
  }
});

test('a paste is exact when it arrives byte by byte, and also when it is long', () => {
  const text = `${'line of a log \x1b[0m\n'.repeat(20_000)}end`;
  assert.equal(read('\x1b[200~', ...(text.match(/[\s\S]{1,997}/g) ?? []), '\x1b[201~'), `{${text}}`);
  assert.equal(read(...'\x1b[200~a\x1b[20b\x1b[201~c'), '{a\x1b[20b}c');
});

test('several lines in one read without paste marks are a paste: nothing is sent', () => {
  assert.equal(read('first\rsecond\r'), '{first\nsecond\n}');
});

test('a lone Escape is the key once its time has passed', () => {
  const parser = createKeyParser();
  assert.equal(show(parser.push('\x1b')), '');
  assert.ok((parser.waitMs() ?? 0) > 0);
  assert.equal(show(parser.flush()), '<escape>');
  assert.equal(parser.waitMs(), undefined);
  assert.equal(show(parser.push('a')), 'a');
});

test('the rest of a sequence that comes too late is not typed', () => {
  const parser = createKeyParser();
  parser.push('\x1b');
  parser.flush();
  assert.equal(show(parser.push('[A')), '<up>');
  assert.equal(show(parser.push('[A')), '[A');
});

test('a sequence or a reply without an end is given up, and the keyboard works again', () => {
  for (const [open, flushed] of [
    ['\x1b[1;', ''],
    ['\x1b]11;rgb', ''],
    ['\x1b[200~text', '{text}'],
    ['\x1b]', '<alt+]>'],
  ]) {
    const parser = createKeyParser();
    assert.equal(show(parser.push(open ?? '')), '');
    assert.ok(parser.waitMs() !== undefined);
    assert.equal(show(parser.flush()), flushed);
    assert.equal(show(parser.push('x\r')), 'x<enter>');
  }
});

test('where Esc is a key of its own, a character right behind it is another', () => {
  const parser = createKeyParser(() => true);
  assert.equal(show(parser.push('\x1bdw\x1b한\x1b[A\x1b\r')), '<escape>dw<escape>한<up><alt+enter>');
  assert.equal(show([...parser.push('\x1bO'), ...parser.flush()]), '<escape>O');
});
