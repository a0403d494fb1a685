/**
 * Xinference: the OpenAI-compatible protocol with a list of models of its own. What its requests need is a row of
 * openai/servers.ts, which serves a Xinference met under kind `openai` as well; what its answers and errors look like
 * (finish_reason "None", usage -1, `{"detail":…}`, `{"error":"…"}` and the end of the stream) is read there too.
 */

import type { Provider } from '../../core/provider.ts';
import { createOpenAiProvider, type OpenAiOptions } from '../openai/index.ts';
import { readRunningModels } from './models.ts';

/** @throws ChatError kind 'usage' when the base URL is none */
export function createXinferenceProvider(options: OpenAiOptions): Provider {
  return createOpenAiProvider({ ...options, server: 'xinference', readModels: readRunningModels });
}
