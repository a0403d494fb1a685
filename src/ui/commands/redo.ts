import type { Command } from './command.ts';

/** In characters: a message may be a pasted file. */
const longestQuote = 60;

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

function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestQuote ? `${line.slice(0, longestQuote).toWellFormed()}...` : line;
}
