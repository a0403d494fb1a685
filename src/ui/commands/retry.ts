import type { Command } from './command.ts';

export const retry: Command = {
  name: 'retry',
  aliases: ['regen'],
  parameters: '',
  summary: 'ask the last message again',
  anytime: false,
  run({ actions, answer, say }) {
    const turn = actions.retry();
    if (turn === undefined) return say('There is nothing to ask again yet.');
    say('Asking again.');
    answer(turn);
  },
};
