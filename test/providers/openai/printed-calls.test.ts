import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PrintedCallReader } from '../../../src/providers/openai/printed-calls.ts';

/** What comes out after each piece and, last, at the end: text as it is, calls as `name(arguments)`. */
function read(pieces: readonly string[], tools: readonly string[] = ['f', 'g']): string[] {
  const reader = new PrintedCallReader(tools);
  const outputs = [...pieces.map((piece) => reader.push(piece)), reader.end()];
  return outputs.map((output) =>
    output
      .map((piece) => (piece.type === 'text' ? piece.text : `${piece.call.name}(${piece.call.arguments})`))
      .join(''),
  );
}

test('text is held back only while it can still be the beginning of a marker', () => {
  assert.deepEqual(read(['a <', 'b <tool', '_caller']), ['a ', '<b ', '<tool_caller', '']);
  assert.deepEqual(read(['1 < 2 [', 'TOOL', 'S] <|', 'x']), ['1 < 2 ', '', '[TOOLS] ', '<|x', '']);
});

test('without tools on offer everything is text at once', () => {
  assert.deepEqual(read(['<tool_', 'call>{"name":"f"}'], []), ['<tool_', 'call>{"name":"f"}', '']);
});

test('a marker that no JSON follows is text', () => {
  assert.deepEqual(read(['<tool_call>\n', 'is a tag']), ['', '<tool_call>\nis a tag', '']);
});

test('arguments may be missing, an object or JSON text, and brackets in strings do not end them', () => {
  assert.deepEqual(read(['<tool_call>{"name":"f"}']), ['f({})', '']);
  assert.deepEqual(read(['<tool_call>{"name":"f","arguments":"{\\"a\\":1}"}']), ['f({"a":1})', '']);
  assert.deepEqual(read(['<tool_call>{"name":"f","parameters":{"a":"\\"}]"}}']), ['f({"a":"\\"}]"})', '']);
  assert.deepEqual(
    read(['<tool_call>{"name":"f","arguments":[1]}']).join(''),
    '<tool_call>{"name":"f","arguments":[1]}',
  );
});

test('one unknown name in a list makes all of it text', () => {
  const list = '[{"name":"f"},{"name":"rm"}]';
  assert.equal(read([`[TOOL_CALLS]${list}`]).join(''), `[TOOL_CALLS]${list}`);
});

test('text after a call goes on as text', () => {
  assert.deepEqual(read(['<tool_call>{"name":"f"}</tool_', 'call>\n', 'Done.']), ['f({})', '', 'Done.', '']);
});

test('a call that has no end is text when the answer is over', () => {
  assert.deepEqual(read(['<tool_call>{"name":', ' "f"']), ['', '', '<tool_call>{"name": "f"']);
});

test('a value that never ends is let go', () => {
  const [held, freed] = read(['<tool_call>{"name":"', 'x'.repeat(70_000)]);
  assert.equal(held, '');
  assert.ok((freed ?? '').length > 70_000);
});

test('blanks after a marker are held back, but not for ever', () => {
  assert.deepEqual(read(['<tool_call>', ' \n', ' ', '{"name":"f"}']), ['', '', '', 'f({})', '']);
  const outputs = read(['<tool_call>', ...Array.from({ length: 70 }, () => ' '.repeat(1000)), 'x']);
  assert.equal(outputs.join('').replaceAll(' ', ''), '<tool_call>x');
  assert.ok(outputs.slice(0, -2).join('').length > 60_000);
});

test('a marker in code is shown, not meant', () => {
  const call = '<tool_call>{"name":"f"}</tool_call>';
  for (const text of [`\`${call}\``, `~~~\n${call}\n~~~`, `a\n\`\`\`xml\nb\n${call}`]) {
    assert.equal(read([...text]).join(''), text);
  }
  assert.equal(read([`\`\`\`\nx\n\`\`\`\n${call}`]).join(''), '```\nx\n```\nf({})');
});
