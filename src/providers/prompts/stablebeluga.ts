/** Stability AI's Stable Beluga: `### User:\nU\n\n### Assistant:`. As easyllm writes it (prompt_utils/stablebeluga.py). */

import { fromTemplate, type PromptFormat } from './format.ts';

export const stablebeluga: PromptFormat = fromTemplate({
  system: (text) => `### System:\n${text}\n\n`,
  user: (text) => `### User:\n${text}\n\n`,
  assistant: (text) => `### Assistant:\n${text}\n\n`,
  end: '### Assistant:',
  stop: ['</s>'],
  specialTokens: /<\/?s>|### (?:System|User|Assistant):/g,
});
