import type { Command } from './command.ts';

export const undo: Command = {
  name: 'undo',
  aliases: [],
  parameters: '',
  summary: 'take the last message and its answer back; the message returns to the prompt',
  anytime: false,
  async run({ actions, say, bringBack }) {
    const moved = await actions.steering.undo();
    if (moved === undefined) return say('There is nothing to take back yet.');
    bringBack(moved);
    say('Taken back: the last message and its answer. /redo brings them back.');
    if (moved.unsaved !== undefined) say(`Not saved: ${moved.unsaved}`);
  },
};
