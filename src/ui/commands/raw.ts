import type { Command } from './command.ts';

export const raw: Command = {
  name: 'raw',
  aliases: [],
  parameters: '',
  summary: 'answers as the model writes them, or rendered again (Alt+M)',
  anytime: true,
  run({ switches, say }) {
    if (switches.toggleSource !== undefined) switches.toggleSource();
    else say('Answers are always shown as the model writes them here.');
  },
};
