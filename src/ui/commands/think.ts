import { ChatError } from '../../core/error.ts';
import { type Thinking, thinkingLevels } from '../../core/provider.ts';
import type { Command } from './command.ts';

const levels = [...thinkingLevels, 'default'];

export const think: Command = {
  name: 'think',
  aliases: [],
  parameters: '[level]',
  summary: 'how hard to reason, where the model lets one choose',
  anytime: false,
  complete: () => ({
    from: 0,
    candidates: levels.map((value) => ({ value, detail: '' })),
  }),
  run({ actions: { steering }, argument, say }) {
    if (argument === '') {
      const level = steering.thinking();
      return say(`Reasoning: ${level ?? 'as the server has it'}`, `/think LEVEL changes it: ${levels.join(', ')}`);
    }
    if (argument === 'default') {
      steering.think(undefined);
      return say('Reasoning: as the server has it.');
    }
    if (!isLevel(argument)) {
      const hint = levels.join(', ');
      throw new ChatError({ kind: 'usage', what: `there is no level of reasoning called ${argument}`, hint });
    }
    steering.think(argument);
    say(`Reasoning: ${argument}, where the model lets one choose.`);
  },
};

function isLevel(word: string): word is Thinking {
  return thinkingLevels.some((level) => level === word);
}
