import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { readBackground } from '../../../src/ui/keys/background.ts';
import { createKeyParser } from '../../../src/ui/keys/parser.ts';
import { openTerminalInput } from '../../../src/ui/keys/terminal-input.ts';

test('a background is light or dark by the light that it gives, in any of the forms', () => {
  for (const [answer, shade] of [
    ['11;rgb:ffff/ffff/ffff', 'light'],
    ['11;rgb:fd/f6/e3', 'light'],
    ['11;rgb:f/f/f', 'light'],
    ['11;rgba:ffff/ffff/ffff/8000', 'light'],
    ['11;rgb:0000/0000/0000', 'dark'],
    ['11;rgb:1E1E/1E1E/2E2E', 'dark'],
    ['11;rgb:0000/0000/ffff', 'dark'],
    ['11;rgb:0000/ffff/0000', 'light'],
    ['11;rgb:0000/0000', undefined],
    ['11;#ffffff', undefined],
    ['10;rgb:ffff/ffff/ffff', undefined],
  ] as const) {
    assert.equal(readBackground(answer), shade, answer);
  }
});

const white = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';
const black = '\x1b]11;rgb:0000/0000/0000\x07';

test('an answer in two reads, cut anywhere, is one answer and no text', () => {
  for (let cut = 1; cut < white.length; cut++) {
    const parser = createKeyParser();
    const keys = [...parser.push(white.slice(0, cut)), ...parser.push(white.slice(cut)), ...parser.flush()];
    assert.deepEqual(keys, [{ type: 'background', shade: 'light' }], String(cut));
  }
});

test('the rest of an answer that was given up is no text', () => {
  for (const answer of [white, black]) {
    for (let cut = 1; cut < answer.length; cut++) {
      const parser = createKeyParser();
      parser.push(answer.slice(0, cut));
      parser.flush();
      const keys = [...parser.push(`${answer.slice(cut)}\x1b[?62;22c`), ...parser.flush()];
      assert.deepEqual(
        keys.filter(({ type }) => type === 'text' || type === 'paste'),
        [],
        `${JSON.stringify(answer)} at ${cut}`,
      );
    }
  }
});

test('the first answer counts, and none after that of all terminals; nobody asks who does not want to know', () => {
  for (const [reads, heard] of [
    [[white, '\x1b[?62c'], ['light']],
    [[white, black], ['light']],
    [[...black, '\x1b[?62c'], ['dark']],
    [['\x1b[?1;2c', white], []],
    [['\x1b]11;none\x07', '\x1b[?1;2c', black], []],
  ] as const) {
    const { say, shades, typed, close } = openInput(true);
    for (const read of reads) say(read);
    close();
    assert.deepEqual([shades, typed], [heard, []]);
  }
  const { written, close } = openInput(false);
  close();
  assert.ok(!written.join('').includes(']11;'));
});

test('the question goes before everything else that is written', () => {
  const { written, close } = openInput(true);
  close();
  assert.ok(written[0]?.startsWith('\x1b]11;?\x1b\\\x1b[c'));
});

function openInput(asks: boolean) {
  const written: string[] = [];
  const shades: string[] = [];
  const typed: unknown[] = [];
  const nothing = (): void => {};
  const modes = { setEncoding: nothing, setRawMode: nothing, ref: nothing, unref: nothing, pause: nothing };
  const stdin = Object.assign(new EventEmitter(), modes);
  const stdout = Object.assign(new EventEmitter(), {
    writable: true,
    write(text: string) {
      written.push(text);
      return true;
    },
  });
  const input = openTerminalInput({
    // Of a terminal's streams these tests need no more than this.
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    onKeys: (keys) => typed.push(...keys),
    ...(asks ? { onBackground: (shade: string) => shades.push(shade) } : {}),
    onEnd: nothing,
  });
  return { written, shades, typed, say: (read: string) => stdin.emit('data', read), close: () => input.close() };
}
