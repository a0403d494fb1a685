/**
 * Meta's models. https://www.llama.com/docs/model-cards-and-prompt-formats/
 *
 *     Llama 2   <s>[INST] <<SYS>>\nS\n<</SYS>>\n\nU [/INST] A </s><s>[INST] U [/INST]
 *     Llama 3   <|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|>…assistant<|end_header_id|>\n\n
 */

import { fromTemplate, type PromptFormat } from './format.ts';
import { foldSystem, toTurns } from './turns.ts';

/** With `<s>` at the start, as easyllm writes it (prompt_utils/llama2.py). */
export const llama2: PromptFormat = {
  build(messages) {
    const all = toTurns(messages, /<\/?s>|<unk>|\[\/?INST\]|<<\/?SYS>>/g);
    const turns = foldSystem(all, (system, user) => `<<SYS>>\n${system}\n<</SYS>>\n\n${user}`);
    const parts = turns.map(({ role, text }) => (role === 'user' ? text : ` [/INST] ${text} </s><s>[INST] `));
    return `<s>[INST] ${parts.join('')} [/INST]`;
  },
  stop: ['</s>'],
};

/** Without `<|begin_of_text|>`: TGI, vLLM and llama.cpp put it there, and a second one makes answers worse. */
export const llama3: PromptFormat = fromTemplate({
  system: (text) => llama3Turn('system', text),
  user: (text) => llama3Turn('user', text),
  assistant: (text) => llama3Turn('assistant', text),
  end: llama3Header('assistant'),
  stop: ['<|eot_id|>', '<|start_header_id|>'],
  specialTokens: /<\|\w+\|>/g,
});

function llama3Turn(role: string, text: string): string {
  return `${llama3Header(role)}${text.trim()}<|eot_id|>`;
}

function llama3Header(role: string): string {
  return `<|start_header_id|>${role}<|end_header_id|>\n\n`;
}
