import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ToolOutcome } from '../../src/core/message.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { displayWidth } from '../../src/terminal/width.ts';
import { callPassages, describeCall, type EndedCall, toolPassage } from '../../src/ui/tool-lines.ts';

const look = { columns: 60, theme: createTheme({ color: 0 }), hyperlinks: false };

function ended(args: string, text: string, outcome: ToolOutcome = 'ok'): EndedCall {
  const call = { id: '1', name: 'read', arguments: args };
  return { call, end: { type: 'tool-end', callId: '1', name: 'read', outcome, text, elapsedMs: 1234 } };
}

function line({ call, end }: EndedCall): string {
  return toolPassage(describeCall(call), end, look).lines.join('\n');
}

test('a call is one line: its values, what came of it, the time', () => {
  assert.equal(line(ended('{"path":"메모","lines":3}', 'a\nb')), '* read 메모, 3 ... a b (1.2 s)');
  assert.equal(line(ended('{}', 'read failed: no such file', 'error')), '* read ... failed: no such file (1.2 s)');
  const denied = 'read was not run: the person did not allow it: not there.';
  assert.equal(line(ended('{}', denied, 'denied')), '* read ... denied: the person did not allow it: not… (1.2 s)');
});

test('arguments as deep as they come are no reason to fail', () => {
  const deep = `{"a":${'['.repeat(9000)}${']'.repeat(9000)}}`;
  assert.match(line(ended(deep, 'ok')), /^\* read \[+… \.\.\. ok/);
  assert.ok(callPassages([ended(deep, 'ok')], look).length > 0);
});

test('details give the arguments and the result in full, with nothing in them that drives the terminal', () => {
  const lines = callPassages([ended('{"path":"a\u202eb"}', 'one\ntwo\x1b[2J')], look).flatMap(
    (passage) => passage.lines,
  );
  assert.deepEqual(lines.slice(1), [
    '  arguments:',
    '    path: "a\\u{202E}b" (3 characters)',
    '  result:',
    '    one',
    '    two',
  ]);
  assert.deepEqual(callPassages([ended('not json', '')], look)[1]?.lines.map(String), [
    '  arguments:',
    '    not json',
    '  result:',
    '    (none)',
  ]);
});

test('of a long result the head and the tail are printed, with how much is between', () => {
  const text = Array.from({ length: 500 }, (_, index) => `line ${index + 1} ${'한글 '.repeat(20)}`).join('\n');
  const lines = callPassages([ended('{}', text)], look).flatMap((passage) => passage.lines);
  assert.ok(lines.length < 80);
  assert.ok(lines.some((row) => /^ {4}\.\.\. \d+ lines between are not shown \.\.\.$/.test(row)));
  assert.ok(lines.some((row) => row.startsWith('    line 1 ')) && lines.some((row) => row.startsWith('    line 500 ')));
  for (const row of lines) assert.ok(displayWidth(row) <= 60, row);
});
