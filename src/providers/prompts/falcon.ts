/** TII's Falcon: `User: U\nFalcon: A\n`. As easyllm writes it (prompt_utils/falcon.py), with the stops it names. */

import { fromTemplate, type PromptFormat } from './format.ts';

export const falcon: PromptFormat = fromTemplate({
  system: (text) => `System: ${text}\n`,
  user: (text) => `User: ${text}\n`,
  assistant: (text) => `Falcon: ${text}\n`,
  end: 'Falcon: ',
  stop: ['\nUser:', '<|endoftext|>', ' User:', '###'],
  specialTokens: /<\|\w+\|>|\n(?:System|User|Falcon):/g,
});
