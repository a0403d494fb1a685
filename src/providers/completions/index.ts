/** Text completions as OpenAI once served them: `POST {base}/completions`, `GET {base}/models`. */

import { ChatError } from '../../core/error.ts';
import type { Json } from '../../core/json.ts';
import type { ModelInfo, Provider } from '../../core/provider.ts';
import { joinUrl } from '../../wire/index.ts';
import { readModels } from '../models.ts';
import { createTextProvider, type TextProviderOptions } from '../text-provider.ts';
import { readChunks } from './events.ts';
import { formatsOf } from './formats.ts';
import { toRequestBody } from './request.ts';

/** @throws ChatError as createTextProvider does */
export function createCompletionsProvider(options: TextProviderOptions): Provider {
  const urlOf = (base: URL) => joinUrl(base, 'completions');
  const formats = formatsOf(options.server);
  return createTextProvider(options, {
    formats,
    urlOf,
    toBody: (request, prompt) => toRequestBody(request, prompt, formats.constraint),
    read: readChunks,
    listModels,
  });
}

async function listModels(base: URL, target: string, get: (url: URL) => Promise<Json>): Promise<readonly ModelInfo[]> {
  const models = readModels(await get(joinUrl(base, 'models')));
  if (models !== undefined) return models;
  const said = 'its answer to /models is no list of models';
  throw new ChatError({ kind: 'stream', target, reason: 'malformed', said });
}
