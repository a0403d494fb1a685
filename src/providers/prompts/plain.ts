/** For models without a format of their own: a conversation any model can go on with, or just the text. */

import { fromTemplate, type PromptFormat } from './format.ts';

export const plain: PromptFormat = fromTemplate({
  system: (text) => `${text}\n\n`,
  user: (text) => `User: ${text}\n\n`,
  assistant: (text) => `Assistant: ${text}\n\n`,
  end: 'Assistant:',
  stop: ['\nUser:'],
  specialTokens: /\n(?:User|Assistant):/g,
});

/** The texts as they are, for base models that continue what they are given. Nothing is special, so nothing is changed. */
export const raw: PromptFormat = {
  build: (messages) =>
    messages
      .map(({ text }) => text.toWellFormed())
      .filter((text) => text !== '')
      .join('\n'),
  stop: [],
  keepsSpace: true,
};
