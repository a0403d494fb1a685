import type { Command } from './command.ts';

export const prompt: Command = {
  name: 'prompt',
  aliases: [],
  parameters: '[message]',
  summary: 'show the exact request that a message would make',
  anytime: true,
  async run({ actions, argument, say, sayVerbatim }) {
    const { method, url, body, prompt: text } = await actions.preview(argument === '' ? undefined : argument);
    say(`${method} ${url}`);
    sayVerbatim(text ?? JSON.stringify(body, null, 2));
  },
};
