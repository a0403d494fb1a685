import type { Thinking } from '../../core/provider.ts';
import { chooseWord, offerWords, type Words } from './choose-word.ts';
import type { Command } from './command.ts';

const words: Words<Thinking | 'default'> = {
  off: 'answer at once',
  on: 'reason, as much as the model does by itself',
  low: '',
  medium: '',
  high: '',
  default: 'the server decides',
};

export const think: Command = {
  name: 'think',
  aliases: [],
  parameters: '[level]',
  summary: 'how hard to reason, where the model lets one choose',
  chooses: true,
  anytime: false,
  complete: () => offerWords(words),
  async run(context) {
    const { steering } = context.actions;
    const level = await chooseWord({ noun: 'Reasoning', words, current: steering.thinking() ?? 'default' }, context);
    steering.think(level === 'default' ? undefined : level);
    context.say(`Reasoning: ${level}${level === 'default' ? ', the server decides' : ''}`);
  },
};
