import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../src/core/json.ts';
import { ToolCallAssembler } from '../../../src/providers/openai/tool-calls.ts';

/** Each argument is one `delta.tool_calls`. Calls come back as `id name arguments`. */
function assemble(deltas: readonly Json[], tools: readonly string[] = []) {
  let last = 0;
  const assembler = new ToolCallAssembler({ newId: () => `new_${++last}`, tools });
  for (const delta of deltas) assembler.push(delta);
  const { calls, notices } = assembler.finish();
  return {
    calls: calls.map((call) => `${call.id} ${call.name} ${call.arguments}`),
    repairs: notices.map(({ text }) => text),
  };
}

const piece = (name: string | null, args: Json, more: Record<string, Json> = {}): Json => ({
  ...more,
  function: { name, arguments: args },
});

test('a tool call whose arguments arrive one character at a time is joined', () => {
  const args = '{"place":"서울 \\"}{\\""}';
  const first = piece('get_time', '', { index: 0, id: 'a' });
  const { calls, repairs } = assemble([[first], ...Array.from(args, (char) => [piece(null, char, { index: 0 })])]);
  assert.deepEqual([calls, repairs], [[`a get_time ${args}`], []]);
});

test('two calls interleaved by index keep their own arguments and their order', () => {
  const { calls } = assemble([
    [piece('one', '{"a"', { index: 5, id: 'x' }), piece('two', '{"b"', { index: 1, id: 'y' })],
    [piece(null, ':2}', { index: 1 }), piece(null, ':1}', { index: 5 })],
  ]);
  assert.deepEqual(calls, ['x one {"a":1}', 'y two {"b":2}']);
});

test('an id that comes late belongs to the call that has none', () => {
  const { calls } = assemble([[piece('one', '{', { index: 0 })], [piece(null, '}', { index: 0, id: 'late' })]]);
  assert.deepEqual(calls, ['late one {}']);
});

test('a name that comes after the first fragment is taken', () => {
  const { calls } = assemble([[piece('', '', { index: 0, id: 'a' })], [piece('one', '{}', { index: 0, id: 'a' })]]);
  assert.deepEqual(calls, ['a one {}']);
});

test('a name in two pieces is joined, a repeated name is not', () => {
  const pieces = assemble([[piece('get_', '', { index: 0 })], [piece('time', '', { index: 0 })]]);
  const growing = assemble([[piece('get_', '', { index: 0 })], [piece('get_time', '', { index: 0 })]]);
  const repeated = assemble([[piece('get_time', '{', { index: 0 })], [piece('get_time', '}', { index: 0 })]]);
  for (const { calls } of [pieces, growing, repeated]) assert.deepEqual(calls, ['new_1 get_time {}']);
});

test('without ids and with one index for all, a name after whole arguments begins another call', () => {
  const { calls } = assemble([
    [piece('one', '{"a":1}', { index: 0 })],
    [piece('two', '{"b":2}', { index: 0 })],
    [piece('two', '{"b":3}', { index: 0 })],
  ]);
  assert.deepEqual(calls, ['new_1 one {"a":1}', 'new_2 two {"b":2}', 'new_3 two {"b":3}']);
});

test('without ids and indexes, two fragments of one list are two calls', () => {
  const { calls } = assemble([[piece('ping', ''), piece('ping', '')]]);
  assert.deepEqual(calls, ['new_1 ping {}', 'new_2 ping {}']);
});

test('an empty object before the real arguments is not part of them', () => {
  const { calls, repairs } = assemble([[piece('one', '{}', { index: 0 })], [piece('one', '{"a":1}', { index: 0 })]]);
  assert.deepEqual([calls, repairs.length], [['new_1 one {"a":1}'], 1]);
});

test('arguments sent twice are one call', () => {
  const { calls, repairs } = assemble([
    [piece('one', '{"a":1}', { index: 0, id: 'x' })],
    [piece(null, '{"a":1}', { index: 0, id: 'x' })],
  ]);
  assert.deepEqual(calls, ['x one {"a":1}']);
  assert.match(repairs[0] ?? '', /^A call of one was repaired: its arguments came more than once\.$/);
});

test('empty, null and absent arguments are an empty object', () => {
  const { calls } = assemble([[piece('a', ''), piece('b', null), { function: { name: 'c' } }]]);
  assert.deepEqual(calls, ['new_1 a {}', 'new_2 b {}', 'new_3 c {}']);
});

test('special tokens go only where they spoil the arguments', () => {
  const spoiled = assemble([[piece('a', '{"x":1}<|eot_id|></s>')]]);
  const inside = assemble([[piece('a', '{"x":"</s>"}')]]);
  const cut = assemble([[piece('a', '{"x":"</s>')]]);
  assert.deepEqual(
    [spoiled.calls, inside.calls, cut.calls],
    [['new_1 a {"x":1}'], ['new_1 a {"x":"</s>"}'], ['new_1 a {"x":"</s>']],
  );
});

test('a cut call stays as it came, also after a whole one in the same text', () => {
  const { calls, repairs } = assemble([[piece('a', '{"x":1}{"x":')]]);
  assert.deepEqual([calls, repairs], [['new_1 a {"x":1}{"x":'], []]);
});

test('an id that two calls share is replaced in the second', () => {
  const { calls, repairs } = assemble([
    [piece('a', '{"x":1}', { index: 0, id: '0' }), piece('b', '{"x":2}', { index: 1, id: '0' })],
  ]);
  assert.deepEqual([calls, repairs.length], [['0 a {"x":1}', 'new_1 b {"x":2}'], 1]);
});

test('a call named "tools" is the tool that was offered, if it was one', () => {
  assert.deepEqual(assemble([{ id: 0, function: { name: 'tools', parameters: { x: 1 } } }], ['get_time']).calls, [
    '0 get_time {"x":1}',
  ]);
  assert.deepEqual(assemble([piece('tools', '{}')]).calls, ['new_1 tools {}']);
});

test('what is no call is passed over', () => {
  for (const nothing of [null, [], [null], 'x', 1, [[]]] as Json[]) assert.deepEqual(assemble([nothing]).calls, []);
});

test('ids made here do not repeat', () => {
  const ids = Array.from({ length: 100 }, () => {
    const assembler = new ToolCallAssembler();
    assembler.push([piece('a', '{}')]);
    return assembler.finish().calls[0]?.id;
  });
  assert.equal(new Set(ids).size, 100);
});
