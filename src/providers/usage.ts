/** Token counts, from wherever a server puts them. */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { Usage } from '../core/message.ts';

/** The counts of one chunk, or undefined when it has none. Groq: `x_groq.usage`; Moonshot: `choices[0].usage`. */
export function usageOf(chunk: JsonObject, choice: JsonObject | undefined): Usage | undefined {
  const inGroq = isJsonObject(chunk.x_groq) ? chunk.x_groq.usage : undefined;
  for (const raw of [chunk.usage, choice?.usage, inGroq]) {
    if (isJsonObject(raw)) return toUsage(raw);
  }
  return undefined;
}

function toUsage(raw: JsonObject): Usage {
  const prompt = objectOf(raw.prompt_tokens_details);
  const completion = objectOf(raw.completion_tokens_details);
  return {
    ...count('promptTokens', raw.prompt_tokens),
    ...count('completionTokens', raw.completion_tokens),
    ...count('reasoningTokens', completion.reasoning_tokens),
    ...count('cachedTokens', prompt.cached_tokens ?? raw.prompt_cache_hit_tokens), // the latter: DeepSeek
  };
}

/** Xinference says -1 for what it does not know. */
function count(name: keyof Usage, value: Json | undefined): Usage {
  return typeof value === 'number' && value >= 0 ? { [name]: value } : {};
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
