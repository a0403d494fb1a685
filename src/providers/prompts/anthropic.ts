/** Claude's old text form: `S\n\nHuman: U\n\nAssistant: A`. As easyllm writes it (prompt_utils/anthropic.py). */

import { fromTemplate, type PromptFormat } from './format.ts';

export const anthropic: PromptFormat = fromTemplate({
  system: (text) => text,
  user: (text) => `\n\nHuman: ${text}`,
  assistant: (text) => `\n\nAssistant: ${text}`,
  end: '\n\nAssistant: ',
  // easyllm names the last two, which the prompt itself does not use.
  stop: ['\n\nHuman:', '\n\nUser:', 'User:'],
  specialTokens: /\n(?:Human|User|Assistant):/g,
});
