/** A model that the server does not have: what it has instead. */

import { ChatError, type ServerFault } from '../../core/error.ts';
import { nearestFirst } from '../../core/nearest.ts';
import type { ModelInfo } from '../../core/provider.ts';

const words: readonly RegExp[] = [
  // OpenAI, Groq, Together, Cerebras and the HF router in `code`; DeepSeek: "Model Not Exist".
  /model[_ ]not[_ ](?:found|available|supported|exist)/i,
  /\bmodels?\b.{0,200}?(?:not found|not exist|doesn't exist|not in the model list)/i,
  /(?:invalid|unknown|no such) model\b/i, // Mistral
  /is not a valid model/i, // OpenRouter
  /^model: /, // Anthropic, which says no more
];

/** Whether a refusal says that there is no such model; only asked when one was named. */
export function isMissingModel({ status, said, code, type }: ServerFault): boolean {
  if (![400, 404, 422].includes(status)) return false;
  return words.some((pattern) => pattern.test(`${said} ${code ?? ''} ${type ?? ''}`));
}

const maxListed = 8;

/** The same error with what there is as its hint, the nearest name first. */
export function withModels(
  fault: ServerFault,
  model: string,
  { models, whenNone }: { readonly models: readonly ModelInfo[]; readonly whenNone: string | undefined },
): ChatError {
  const names = nearestFirst(
    model,
    models.map(({ id }) => id),
  );
  const more = names.length > maxListed ? `, and ${names.length - maxListed} more` : '';
  const hint =
    names.length === 0 ? (whenNone ?? 'it has no models') : `it has ${names.slice(0, maxListed).join(', ')}${more}`;
  return new ChatError({ ...fault, hint });
}
