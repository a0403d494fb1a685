import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssistantMessage, Message } from '../../src/core/message.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { recallPassages } from '../../src/ui/recall.ts';

const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
const user = (text: string): Message => ({ role: 'user', text });
const assistant = (text: string): AssistantMessage => ({ role: 'assistant', text, toolCalls: [], ending: 'stop' });
const answer = (text: string): Message => assistant(text);
const linesOf = (messages: readonly Message[]): string =>
  recallPassages(messages, look)
    .flatMap(({ lines }) => lines)
    .join('\n');

test('a short conversation is shown whole, as it looked', () => {
  assert.equal(linesOf([{ role: 'system', text: 'Be brief' }, user('Hi'), answer('# Hello')]), '> Hi\n# Hello');
});

test('of a long one the last messages are shown, and how many came before', () => {
  const messages = Array.from({ length: 50 }, (_, index) => [user(`question ${index}`), answer(`answer ${index}`)]);
  const shown = linesOf(messages.flat());
  assert.match(shown, /^\.\.\. 80 earlier messages\n> question 40\n/);
  assert.match(shown, /answer 49$/);
});

test('a last answer longer than the room is shown from its end', () => {
  const shown = linesOf([user('Hi'), answer(Array.from({ length: 90 }, (_, index) => `- ${index}`).join('\n'))]);
  assert.match(shown, /^\.\.\. 1 earlier message\n\.\.\.\n/);
  assert.match(shown, /- 89$/);
});

test('attached files are named and our own corrections left out', () => {
  const text = 'What is wrong here?\n\n<file path="a.ts">\nlet a;\n</file>\n\n<file path="b.ts">\nlet b;\n</file>';
  const shown = linesOf([user(text), { role: 'user', text: 'not valid', correction: true }]);
  assert.equal(shown, '> What is wrong here?\n  [file path="a.ts"]\n  [file path="b.ts"]');
});

test('how answers ended and what came of calls is said in the words of that time', () => {
  const ended = (ending: AssistantMessage['ending']) => linesOf([{ ...assistant('half'), ending }]);
  assert.equal(ended('length'), 'half\n! the answer was cut by the token limit');
  assert.equal(ended('content-filter'), 'half\n! the answer was stopped by a content\n  filter');
  assert.equal(ended('aborted'), 'half\n[stopped]');
  assert.equal(ended('cut'), 'half\n! the answer broke off before it was\n  complete');
  const call = (id: string) => ({ id, name: 'get_time', arguments: `{"place":"${id}"}` });
  const shown = linesOf([
    { ...assistant(''), ending: 'tool-calls', toolCalls: [call('a'), call('b'), call('c')] },
    { role: 'tool', callId: 'a', name: 'get_time', outcome: 'ok', text: '09:03' },
    { role: 'tool', callId: 'b', name: 'get_time', outcome: 'error', text: 'get_time failed: no b' },
  ]);
  assert.equal(shown, '* get_time a ... 09:03\n* get_time b ... failed: no b\n* get_time c ... cancelled');
});
