import type { Command } from './command.ts';
import { quote } from './words.ts';

export const redo: Command = {
  name: 'redo',
  aliases: [],
  parameters: '',
  summary: 'bring back what /undo took, or the answer that /retry was to replace',
  anytime: false,
  async run({ actions, say }) {
    const moved = await actions.steering.redo();
    if (moved === undefined) return say('There is nothing to bring back: this is the end of the conversation.');
    say(`Brought back: ${quote(moved.text)}, with its answer`);
    if (moved.unsaved !== undefined) say(`Not saved: ${moved.unsaved}`);
  },
};
