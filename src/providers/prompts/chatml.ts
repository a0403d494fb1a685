/**
 * OpenAI's ChatML and what others made of it.
 *
 *     chatml            <|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n        Qwen, Yi, Hermes
 *     chatml_falcon     <|user|>\nU<|endoftext|>\n<|assistant|>                       easyllm, prompt_utils/chatml_hf.py
 *     chatml_starchat   <|user|>\nU<|end|>\n<|assistant|>
 */

import { fromTemplate, type PromptFormat } from './format.ts';

const specialTokens = /<\|\w+\|>/g;

export const chatml: PromptFormat = fromTemplate({
  system: (text) => `<|im_start|>system\n${text}<|im_end|>\n`,
  user: (text) => `<|im_start|>user\n${text}<|im_end|>\n`,
  assistant: (text) => `<|im_start|>assistant\n${text}<|im_end|>\n`,
  end: '<|im_start|>assistant\n',
  stop: ['<|im_end|>', '<|im_start|>'],
  specialTokens,
});

export const chatmlFalcon: PromptFormat = huggingFaceChatml('<|endoftext|>');
export const chatmlStarchat: PromptFormat = huggingFaceChatml('<|end|>');

function huggingFaceChatml(endToken: string): PromptFormat {
  return fromTemplate({
    system: (text) => `<|system|>\n${text}${endToken}\n`,
    user: (text) => `<|user|>\n${text}${endToken}\n`,
    assistant: (text) => `<|assistant|>\n${text}${endToken}\n`,
    end: '<|assistant|>',
    stop: [endToken],
    specialTokens,
  });
}
