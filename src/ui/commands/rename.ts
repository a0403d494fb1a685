import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';

export const rename: Command = {
  name: 'rename',
  aliases: [],
  parameters: 'TITLE',
  summary: 'give this conversation a title',
  anytime: false,
  async run({ actions, argument, say }) {
    const title = argument.replace(/\s+/g, ' ');
    if (title === '') throw new ChatError({ kind: 'usage', what: '/rename needs a title' });
    say(await actions.steering.rename(title));
  },
};
