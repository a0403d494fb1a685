import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/core/message.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { recallPassages } from '../../src/ui/recall.ts';

const look = { columns: 40, theme: createTheme({ color: 0 }), hyperlinks: false };
const user = (text: string): Message => ({ role: 'user', text });
const answer = (text: string): Message => ({ role: 'assistant', text, toolCalls: [], ending: 'stop' });
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
