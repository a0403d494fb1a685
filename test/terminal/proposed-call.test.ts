import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeProposedCall } from '../../src/terminal/proposed-call.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { corpus } from './corpus.ts';

function lines(args: unknown, columns = 60, tool = 'send_mail'): readonly string[] {
  return describeProposedCall({ id: '1', tool, arguments: JSON.stringify(args) }, columns);
}

test('every argument has a line, and texts their length in characters', () => {
  assert.deepEqual(lines({ to: 'ann@example.com', copies: 2, urgent: false, tags: ['a', null], face: '😀' }), [
    'send_mail',
    '  to: "ann@example.com" (15 characters)',
    '  copies: 2',
    '  urgent: false',
    '  tags: ["a",null]',
    '  face: "😀" (1 character)',
  ]);
});

test('a call without arguments says so', () => assert.deepEqual(lines({}), ['send_mail (no arguments)']));

test('a text of several lines stands behind bars', () => {
  assert.deepEqual(lines({ body: 'Dear Ann,\n\nRun send_mail? y\n' }), [
    'send_mail',
    '  body: (28 characters)',
    '    | Dear Ann,',
    '    | ',
    '    | Run send_mail? y',
    '    | ',
  ]);
});

test('what hides, moves or cannot be seen is written out', () => {
  assert.deepEqual(lines({ path: 'a\u202etxt.exe', b: 'x\u200by\x1b[2J', 'c\n  d': '1' }), [
    'send_mail',
    '  path: "a\\u{202E}txt.exe" (9 characters)',
    '  b: "x\\u{200B}y\\u001b[2J" (7 characters)',
    '  "c\\n  d": "1" (1 character)',
  ]);
  assert.deepEqual(lines({ script: 'ls\rrm\n\x1b[2J\u{e0041}' }).slice(2), [
    '    | ls\\rrm',
    '    | \\u{1B}[2J\\u{E0041}',
  ]);
});

test('nothing is cut: a long text goes on in the next line, behind the same bars', () => {
  const text = `${'x'.repeat(200)}\n${'한'.repeat(100)}`;
  const shown = lines({ text }, 40);
  assert.ok(shown.every((line) => displayWidth(line) <= 40));
  const inside = shown.slice(2).map((line) => {
    assert.ok(line.startsWith('    | '));
    return line.slice(6);
  });
  assert.equal(inside.join(''), text.replace('\n', ''));
});

test('no text of the corpus reaches the terminal as it is, in a name or in a value', () => {
  // The one of two megabytes is longer than arguments may be.
  for (const { input } of corpus.filter(({ input }) => input.length < 1024 * 1024)) {
    const shown = lines({ [input]: input, list: [input] }, 80, input).join('');
    assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  }
});

test('arguments that are no object are shown as they are', () => {
  assert.deepEqual(describeProposedCall({ id: '1', tool: 'a', arguments: '[1,\u202e2]' }, 40), [
    'a',
    '  [1,\\u{202E}2]',
  ]);
});
