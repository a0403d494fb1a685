import type { Command } from './command.ts';

export const fork: Command = {
  name: 'fork',
  aliases: [],
  parameters: '',
  summary: 'go on in a copy of this conversation',
  anytime: false,
  async run({ actions, say }) {
    say(await actions.steering.fork());
  },
};
