/** Mistral and Mixtral Instruct: `[INST] U [/INST] A</s>[INST] U [/INST]`, the system text before the first U. */

import type { PromptFormat } from './format.ts';
import { foldSystem, toTurns } from './turns.ts';

const specialTokens =
  /<\/?s>|<unk>|\[\/?(?:INST|AVAILABLE_TOOLS|TOOL_RESULTS|SYSTEM_PROMPT|MODEL_SETTINGS|TOOL_CALLS|TOOL_CONTENT|IMG)\]/g;

/** Without `<s>`, which the server's tokenizer puts at the start. */
export const mistral: PromptFormat = {
  build(messages) {
    const turns = foldSystem(toTurns(messages, specialTokens), (system, user) => `${system}\n\n${user}`);
    return turns.map(({ role, text }) => (role === 'user' ? `[INST] ${text} [/INST]` : ` ${text.trim()}</s>`)).join('');
  },
  stop: ['</s>', '[INST]'],
};
