import type { Command } from './command.ts';

export const quit: Command = {
  name: 'quit',
  aliases: ['exit', 'bye'],
  parameters: '',
  summary: 'end the chat',
  anytime: true,
  run({ quit: end }) {
    end();
  },
};
