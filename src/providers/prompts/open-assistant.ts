/** LAION's Open Assistant: `<|prompter|>U</s><|assistant|>`. As easyllm writes it (prompt_utils/open_assistant.py). */

import { fromTemplate, type PromptFormat } from './format.ts';

export const openAssistant: PromptFormat = fromTemplate({
  system: (text) => `<|system|>${text}</s>`,
  user: (text) => `<|prompter|>${text}</s>`,
  assistant: (text) => `<|assistant|>${text}</s>`,
  end: '<|assistant|>',
  stop: ['</s>'],
  specialTokens: /<\|\w+\|>|<\/?s>/g,
});
