import type { Command } from './command.ts';

export const newConversation: Command = {
  name: 'new',
  aliases: ['clear'],
  parameters: '',
  summary: 'start a new conversation',
  anytime: false,
  run({ actions, say }) {
    actions.newConversation();
    say('New conversation.');
  },
};
