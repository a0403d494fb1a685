/** Gemma: `<start_of_turn>user\nU<end_of_turn>\n<start_of_turn>model\nA<end_of_turn>\n`; no role for a system text. */

import type { PromptFormat } from './format.ts';
import { foldSystem, toTurns } from './turns.ts';

/** Without `<bos>`, which the server's tokenizer puts at the start. */
export const gemma: PromptFormat = {
  build(messages) {
    const all = toTurns(messages, /<(?:start_of_turn|end_of_turn|bos|eos|pad|unk)>/g);
    const turns = foldSystem(all, (system, user) => `${system}\n\n${user}`);
    const parts = turns.map(
      ({ role, text }) =>
        `<start_of_turn>${role === 'user' ? 'user' : 'model'}\n${role === 'user' ? text : text.trim()}<end_of_turn>\n`,
    );
    return `${parts.join('')}<start_of_turn>model\n`;
  },
  stop: ['<end_of_turn>', '<start_of_turn>'],
};
