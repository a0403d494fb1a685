import { ChatError } from '../../core/error.ts';
import type { Command } from './command.ts';
import { plural, whole } from './words.ts';

export const compact: Command = {
  name: 'compact',
  aliases: [],
  parameters: '[show]',
  summary: 'have the older messages summed up, and send the summary in their place',
  anytime: false,
  details: ['/compact show prints the summary. The messages stay in the file.'],
  async run({ actions: { steering }, argument, signal, say }) {
    if (argument === 'show') return say(steering.summary() ?? 'There is no summary in this conversation.');
    if (argument !== '')
      throw new ChatError({ kind: 'usage', what: `unknown: ${argument}; /compact or /compact show` });
    const done = await steering.compact(signal);
    if (done === undefined) return say('There is nothing before the last exchange to sum up.');
    const { replaced, tokensBefore, tokensAfter, unsaved } = done;
    say(
      `Summed up ${plural(replaced, 'message')}: about ${whole(tokensBefore)} tokens became ${whole(tokensAfter)}; /compact show prints it.`,
      ...(unsaved === undefined ? [] : [`Not saved: ${unsaved}`]),
    );
  },
};
