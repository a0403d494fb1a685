import type { Command } from './command.ts';

export const compact: Command = {
  name: 'compact',
  aliases: [],
  parameters: '',
  summary: 'let the model sum up what came before the last exchange, and send the summary in its place',
  anytime: false,
  async run({ actions, signal, say }) {
    say(...(await actions.steering.compact(signal)));
  },
};
