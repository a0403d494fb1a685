import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantMessage, Message, ToolCall, ToolMessage } from '../../src/core/message.ts';
import { mendHistory } from '../../src/session/mend.ts';

const user = (text: string): Message => ({ role: 'user', text });
const system = (text: string): Message => ({ role: 'system', text });
const toolCall = (id: string, args = '{}', name = 'get_time'): ToolCall => ({ id, name, arguments: args });
const answer = (text: string, ...toolCalls: ToolCall[]): AssistantMessage => ({
  role: 'assistant',
  text,
  toolCalls,
  ending: toolCalls.length > 0 ? 'tool-calls' : 'stop',
});
const result = (callId: string, text: string): ToolMessage => ({
  role: 'tool',
  callId,
  name: 'get_time',
  outcome: 'ok',
  text,
});

/** `role id` of calls and results, `role text` of the rest. */
function outline(messages: readonly Message[]): string[] {
  return messages.flatMap((message) => {
    switch (message.role) {
      case 'tool':
        return `tool ${message.callId}=${message.text}`;
      case 'assistant':
        return `assistant ${message.text}${message.toolCalls.map((call) => `[${call.id}]`).join('')}`;
      default:
        return `${message.role} ${message.text}`;
    }
  });
}

function firstArguments(raw: string): string | undefined {
  const [message] = mendHistory([answer('', toolCall('a', raw))]);
  return message?.role === 'assistant' ? message.toolCalls[0]?.arguments : undefined;
}

test('a sound conversation comes out equal', () => {
  const sound = [
    system('be brief'),
    user('time?'),
    answer('', toolCall('a', '{"place":"Seoul"}')),
    result('a', '9:00'),
    answer('Nine.'),
  ];
  assert.deepEqual(mendHistory(sound), sound);
  assert.deepEqual(mendHistory([]), []);
});

test('a call without a result gets a cancelled one', () => {
  const mended = mendHistory([user('x'), answer('', toolCall('a'), toolCall('b')), result('b', 'B'), user('y')]);
  assert.deepEqual(outline(mended).slice(1), [
    'assistant [a][b]',
    'tool a=cancelled: this call was interrupted and has no result',
    'tool b=B',
    'user y',
  ]);
  assert.equal(mended[2]?.role === 'tool' && mended[2].outcome, 'cancelled');
});

test('a result without a call is dropped, and so is a second one', () => {
  const mended = mendHistory([
    result('z', 'stray'),
    user('x'),
    result('a', 'early'),
    answer('', toolCall('a')),
    result('a', 'A'),
    result('a', 'again'),
  ]);
  assert.deepEqual(outline(mended), ['user x', 'assistant [a]', 'tool a=A']);
});

test('results come directly after their calls, in the order of the calls', () => {
  const mended = mendHistory([
    answer('', toolCall('a'), toolCall('b')),
    result('b', 'B'),
    user('meanwhile'),
    result('a', 'A'),
  ]);
  assert.deepEqual(outline(mended), ['assistant [a][b]', 'tool a=A', 'tool b=B', 'user meanwhile']);
});

test('equal ids are told apart, in one answer and over several', () => {
  const mended = mendHistory([
    answer('', toolCall('0'), toolCall('0')),
    result('0', 'first'),
    result('0', 'second'),
    answer('', toolCall('0'), toolCall('0-2')),
    result('0', 'third'),
    result('0-2', 'fourth'),
  ]);
  assert.deepEqual(outline(mended), [
    'assistant [0][0-3]',
    'tool 0=first',
    'tool 0-3=second',
    'assistant [0-4][0-2]',
    'tool 0-4=third',
    'tool 0-2=fourth',
  ]);
});

test('missing ids are made up', () => {
  const mended = mendHistory([answer('', toolCall(''), toolCall('')), result('', 'A'), result('', 'B')]);
  assert.deepEqual(outline(mended), ['assistant [call][call-2]', 'tool call=A', 'tool call-2=B']);
});

test('cut arguments become an empty object and keep their result', () => {
  const mended = mendHistory([answer('', toolCall('a', '{"text": "half')), result('a', 'not run')]);
  assert.deepEqual(outline(mended), ['assistant [a]', 'tool a=not run']);
  for (const raw of ['{"text": "half', '[1]', '"x"', '', 'null', '{"a":1}{"b":2}', 'Seoul'])
    assert.equal(firstArguments(raw), '{}');
});

test('arguments that were repaired are sent repaired, others byte by byte', () => {
  assert.equal(firstArguments("{'a': True,}"), '{"a":true}');
  assert.equal(firstArguments('{ "id": 12345678901234567890 }'), '{ "id": 12345678901234567890 }');
});

test('names that no server accepts are made acceptable, in call and result', () => {
  const [first, second] = mendHistory([answer('', toolCall('a', '{}', 'get time! 시간')), result('a', 'x')]);
  assert.equal(first?.role === 'assistant' && first.toolCalls[0]?.name, 'get_time_');
  assert.equal(second?.role === 'tool' && second.name, 'get_time_');
});

test('an answer with neither text nor calls is dropped, with its stray results', () => {
  assert.deepEqual(outline(mendHistory([user('a'), answer(' \n'), result('q', 'x'), user('b')])), ['user a\n\nb']);
});

test('a question that was never answered is sent as one message with the next: templates alternate the roles', () => {
  assert.deepEqual(outline(mendHistory([user('a'), user('b')])), ['user a\n\nb']);
});

test('only the last system message is kept, first; an empty one removes it', () => {
  assert.deepEqual(outline(mendHistory([system('old'), user('a'), system('new'), user('b')])), [
    'system new',
    'user a\n\nb',
  ]);
  assert.deepEqual(outline(mendHistory([system('old'), user('a'), system('')])), ['user a']);
});

test('all text is well-formed afterwards', () => {
  const bad = '\ud800x';
  const mended = mendHistory([
    system(bad),
    user(bad),
    {
      ...answer(bad, toolCall('a', `{"a":"${bad}"}`), toolCall('b', '{"b":"\\ud800","ok":"\\ud83d\\ude00"}')),
      reasoning: bad,
    },
    result('a', bad),
  ]);
  assert.ok(JSON.stringify(mended).isWellFormed());
  assert.doesNotMatch(JSON.stringify(mended), /\\ud[89a-f]/i);
  assert.match(JSON.stringify(mended), /😀/);
});

test('the stored messages are not changed', () => {
  const stored = [user('x'), answer('', toolCall('', '{bad'), toolCall('')), result('', 'A')];
  const before = structuredClone(stored);
  mendHistory(stored);
  assert.deepEqual(stored, before);
});

test('mending twice changes nothing more', () => {
  const once = mendHistory([
    user('x'),
    answer('', toolCall('0', '{bad'), toolCall('0')),
    result('0', 'A'),
    system('s'),
  ]);
  assert.deepEqual(mendHistory(once), once);
});
