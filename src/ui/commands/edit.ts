import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';

/** In characters: a message may be a pasted file. */
const longestDetail = 200;

export const edit: Command = {
  name: 'edit',
  aliases: [],
  parameters: '[n]',
  summary: 'edit your last message, or the n-th from the end, as a new branch',
  anytime: false,
  fillsPrompt: true,
  complete: ({ actions }) => ({
    from: 0,
    candidates: actions.steering
      .written()
      .map(({ text }, index) => ({ value: String(index + 1), detail: text.slice(0, longestDetail) })),
  }),
  run({ actions, argument, say, editEarlier }) {
    const count = actions.steering.written().length;
    if (count === 0) return say('You have not written anything yet.');
    const age = argument === '' ? 1 : Number(argument);
    if (!Number.isInteger(age) || age < 1 || age > count) {
      const what = count === 1 ? '/edit takes 1: there is one message' : `/edit takes a number from 1 to ${count}`;
      throw new ChatError({ kind: 'usage', what, hint: '1 is the last message' });
    }
    editEarlier(age);
  },
};
