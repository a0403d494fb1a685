import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';
import { day } from './words.ts';

export const search: Command = {
  name: 'search',
  aliases: [],
  parameters: 'WORDS',
  summary: 'find conversations in which these words were said',
  anytime: false,
  async run({ actions, argument, signal, say, list }) {
    if (argument === '') throw new ChatError({ kind: 'usage', what: '/search needs words to look for' });
    const found = await actions.steering.search(argument, signal);
    if (found.length === 0) return say('No conversation has these words.');
    list(
      found.map(({ id, title, updatedAt, passage }) => [
        id,
        [day(updatedAt), title, passage].filter((part) => part !== '').join('  '),
      ]),
    );
    say('Open one: /resume ID');
  },
};
