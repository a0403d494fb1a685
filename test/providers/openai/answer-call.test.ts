/** The tool rung: an answer that comes as the arguments of a call. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamEvent } from '../../../src/core/stream-event.ts';
import { readChunks } from '../../../src/providers/openai/events.ts';
import { chunk, eventsOf, play, playFrames, target } from './play.ts';

const answeredBy = { answeredBy: 'person' };
const value = '{"name":"Ada \\"}{\\" 🏙 서울","tags":["a","b"]}';

const call = (args: string, more: object = {}) => ({
  index: 0,
  id: 'c1',
  function: { name: 'person', arguments: args },
  ...more,
});
const rest = (args: string, more: object = {}) => ({ index: 0, function: { arguments: args }, ...more });
const calls = (...list: readonly object[]) => chunk({ tool_calls: list });
const end = (reason = 'tool_calls') => chunk({}, reason);

/** Text, thoughts, calls and the end of an answer. */
async function told(...frames: readonly unknown[]) {
  const { text, reasoning, calls: made, finish, failure } = await playFrames([...frames, '[DONE]'], answeredBy);
  return { text, reasoning, calls: made.length, end: finish?.reason ?? failure };
}

const answered = (text: string, reasoning = '', reason = 'stop') => ({ text, reasoning, calls: 0, end: reason });

test('the arguments of the call are the text, one character at a time as well as whole', async () => {
  const pieces = Array.from(value, (character) => calls(rest(character)));
  assert.deepEqual(await told(calls(call('')), ...pieces, end()), answered(value));
  assert.deepEqual(await told(calls(call(value)), end()), answered(value));
});

test('they go on while they arrive: what is complete in them can be used before the rest is there', async () => {
  const frames = ['', '{"tags":["a"', ',"b"]}'].map((args, at) => calls(at === 0 ? call(args) : rest(args)));
  const lines = [...frames, end()].map((frame) => `data: ${JSON.stringify(frame)}\n\n`);
  const seen: StreamEvent[] = [];
  for await (const event of readChunks(eventsOf(lines.map((line) => Buffer.from(line))), target, answeredBy))
    seen.push(event);
  const texts = seen.map((event) => (event.type === 'text-delta' ? event.text : event.type));
  assert.deepEqual(texts, ['{"tags":["a"', ',"b"]}', 'finish']);
});

test('an emoji that is cut between two fragments is whole', async () => {
  const [before = '', after = ''] = value.split('🏙');
  const got = await told(calls(call(`${before}\ud83c`)), calls(rest(`\udfd9${after}`)), end());
  assert.deepEqual(got, answered(value));
});

test('what the model writes beside the call is kept as a thought, before the call and after it', async () => {
  const got = await told(
    chunk({ content: 'Let me ' }),
    chunk({ content: 'see.' }),
    calls(call(value)),
    chunk({ content: ' Done.' }),
    end(),
  );
  assert.deepEqual(got, answered(value, 'Let me see. Done.'));
});

test('what it writes instead of the call is the answer', async () => {
  assert.deepEqual(
    await told(chunk({ content: '{"name":' }), chunk({ content: '"Ada"}' }), end('stop')),
    answered('{"name":"Ada"}'),
  );
  assert.deepEqual(
    await told(chunk({ reasoning_content: 'Hm.' }), chunk({ content: 'No.' }), end('stop')),
    answered('No.', 'Hm.'),
  );
});

test('a call that was printed as text is the call', async () => {
  const printed = `Sure.<tool_call>{"name":"person","arguments":{"name":"Ada"}}</tool_call>`;
  assert.deepEqual(await told(chunk({ content: printed }), end('stop')), answered('{"name":"Ada"}', 'Sure.'));
});

test('of two calls the first is the answer, and the other is not lost', async () => {
  const other = '{"name":"Bob"}';
  for (const second of [
    call(other, { index: 1, id: 'c2' }),
    call(other, { index: 0, id: 'c2' }),
    { function: { name: 'person', arguments: other } },
  ]) {
    assert.deepEqual(await told(calls(call(value)), calls(second), end()), answered(value, other));
  }
  const interleaved = await told(
    calls(call('{"name"'), call('{"no"', { index: 1, id: 'c2' })),
    calls(rest(':1}', { index: 1 }), rest(':"Ada"}')),
    end(),
  );
  assert.deepEqual(interleaved, answered('{"name":"Ada"}', '{"no":1}'));
});

test('an empty object that comes first is not the answer, unless nothing follows', async () => {
  assert.deepEqual(await told(calls(call('{}')), calls(rest(value)), end()), answered(value));
  assert.deepEqual(await told(calls(call('{')), calls(rest('}')), end()), answered('{}'));
  assert.deepEqual(await told(calls(call('')), end()), answered('{}'));
});

test('special tokens after the arguments are taken off', async () => {
  assert.deepEqual(await told(calls(call(`${value}</s>`)), end()), answered(value));
  assert.deepEqual(await told(calls(call(value)), calls(rest('<|im')), calls(rest('_end|>')), end()), answered(value));
});

test('arguments with their name among them, as TGI once sent them, are freed of it', async () => {
  const nameless = { index: 0, function: { name: '', arguments: '{"function":{"_name":"person","name":"Ada"}}' } };
  assert.deepEqual(await told(calls(nameless), end('eos_token')), answered('{"name":"Ada"}'));
});

test('a server that says stop, or nothing of calls, has stopped all the same', async () => {
  assert.deepEqual(await told(calls(call(value)), end('stop')), answered(value));
  assert.deepEqual(await told(calls(call(value))), answered(value));
});

test('an answer without a call and without text is nothing, whatever the word for it', async () => {
  assert.deepEqual(await told(chunk({ content: '', tool_calls: [] }), end('tool_calls')), answered('', '', 'other'));
});

test('a call cut by the token limit stays cut, and one that the stream cut is a failure that keeps its text', async () => {
  assert.deepEqual(await told(calls(call('{"name":"A')), end('length')), answered('{"name":"A', '', 'length'));
  const cut = await playFrames([calls(call('{"name":"A'))], answeredBy);
  assert.deepEqual([cut.text, cut.failure], ['{"name":"A', 'stream cut']);
  const before = await playFrames([chunk({ content: 'Half' })], answeredBy);
  assert.deepEqual([before.text, before.failure], ['Half', 'stream cut']);
  const barely = await playFrames([calls(call('{'))], answeredBy);
  assert.deepEqual([barely.text, barely.failure], ['{', 'stream cut']);
});

test('an answer that came in one body is read alike', async () => {
  const message = { role: 'assistant', content: null, tool_calls: [call(value)] };
  const body = { choices: [{ index: 0, message, finish_reason: 'tool_calls' }], usage: { prompt_tokens: 1 } };
  const { text, calls: made, finish } = await play([Buffer.from(JSON.stringify(body))], true, answeredBy);
  assert.deepEqual([text, made, finish?.reason], [value, [], 'stop']);
});

test('a long array comes through whole', async () => {
  const item = '{"id":12345,"text":"some words to fill it"},';
  const frames = Array.from({ length: 20_000 }, () => calls(rest(item.repeat(4))));
  const got = await told(calls(call('[')), ...frames, calls(rest('0]')), end());
  assert.equal(got.text.length, 20_000 * 4 * item.length + 3);
});
