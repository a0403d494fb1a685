/** Vicuna and WizardLM: `USER: U`, `ASSISTANT: A`. As easyllm writes them (prompt_utils/vicuna.py, wizardlm.py). */

import { fromTemplate, type PromptFormat } from './format.ts';
import { toTurns } from './turns.ts';

export const vicuna: PromptFormat = fromTemplate({
  system: (text) => `${text}\n\n`,
  user: (text) => `USER: ${text}\n`,
  assistant: (text) => `ASSISTANT: ${text}</s>\n`,
  end: 'ASSISTANT: ',
  stop: ['</s>'],
  specialTokens: /<\/?s>|\n(?:USER|ASSISTANT):/g,
});

/** All on one line. */
export const wizardlm: PromptFormat = {
  build(messages) {
    const { system, turns } = toTurns(messages, /<\/?s>|(?:USER|ASSISTANT):/g);
    const parts = turns.map(({ role, text }) => `${role === 'user' ? 'USER' : 'ASSISTANT'}: ${text}`);
    return `${[system ?? '', ...parts].join(' ').trimStart()} ASSISTANT: `;
  },
  stop: ['</s>'],
};
