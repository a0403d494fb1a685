import type { Command } from './command.ts';

export const undo: Command = {
  name: 'undo',
  aliases: [],
  parameters: '',
  summary: 'take the last message and its answer back; the message returns to the prompt',
  anytime: false,
  run({ actions, say, bringBack }) {
    const message = actions.steering.undo();
    if (message === undefined) return say('There is nothing to take back yet.');
    bringBack(message);
    say('Taken back: the last message and its answer. The file keeps them, as another branch.');
  },
};
