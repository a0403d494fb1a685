import type { Command } from './command.ts';

export const goOn: Command = {
  name: 'continue',
  aliases: [],
  parameters: '',
  summary: 'go on with an answer that was cut or stopped',
  anytime: false,
  run({ actions, answer, say }) {
    const turn = actions.steering.goOn();
    if (turn === undefined) return say('There is no answer to go on with; /retry asks the last message again.');
    say('Going on:');
    answer(turn);
  },
};
