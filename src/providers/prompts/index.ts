/** The prompt formats by name, and which one a model was trained on. */

import { ChatError } from '../../core/error.ts';
import { nearestFirst } from '../../core/nearest.ts';
import { anthropic } from './anthropic.ts';
import { chatml, chatmlFalcon, chatmlStarchat } from './chatml.ts';
import { falcon } from './falcon.ts';
import type { PromptFormat } from './format.ts';
import { gemma } from './gemma.ts';
import { llama2, llama3 } from './llama.ts';
import { mistral } from './mistral.ts';
import { openAssistant } from './open-assistant.ts';
import { plain, raw } from './plain.ts';
import { stablebeluga } from './stablebeluga.ts';
import { vicuna, wizardlm } from './vicuna.ts';

export type { PromptFormat } from './format.ts';

const formats = {
  llama2,
  llama3,
  mistral,
  gemma,
  chatml,
  chatml_falcon: chatmlFalcon,
  chatml_starchat: chatmlStarchat,
  falcon,
  vicuna,
  wizardlm,
  stablebeluga,
  open_assistant: openAssistant,
  anthropic,
  plain,
  raw,
} satisfies Record<string, PromptFormat>;

export const promptFormats: Readonly<Record<string, PromptFormat>> = formats;

/** @throws ChatError kind 'config' that lists the names there are, the nearest first */
export function findPromptFormat(name: string): PromptFormat {
  const format = Object.hasOwn(promptFormats, name) ? promptFormats[name] : undefined;
  if (format !== undefined) return format;
  const names = nearestFirst(name, Object.keys(promptFormats));
  throw new ChatError({
    kind: 'config',
    what: `there is no prompt format "${name}"`,
    hint: `there are ${names.join(', ')}`,
  });
}

/** Fine-tunes before what they were tuned from: a Nous-Hermes-2-Mixtral speaks ChatML. */
const families: readonly (readonly [pattern: RegExp, name: keyof typeof formats])[] = [
  [/vicuna/i, 'vicuna'],
  [/wizard-?lm/i, 'wizardlm'],
  [/stable-?beluga/i, 'stablebeluga'],
  [/oasst|open-?assistant/i, 'open_assistant'],
  [/starchat/i, 'chatml_starchat'],
  [/qwen|(?:^|[/_-])yi-|chatml|hermes/i, 'chatml'],
  [/mistral|mixtral/i, 'mistral'],
  [/gemma/i, 'gemma'],
  [/llama-?3/i, 'llama3'],
  [/llama-?2/i, 'llama2'],
  [/falcon/i, 'falcon'],
  [/claude/i, 'anthropic'],
];

/** The name of the format a model's name speaks for, or undefined. */
export function guessPromptFormat(model: string): string | undefined {
  return families.find(([pattern]) => pattern.test(model))?.[1];
}
