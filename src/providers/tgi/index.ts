/** Text Generation Inference by its own routes: `POST /generate_stream` or `/generate`, `GET /info`. */

import { ChatError, isChatError } from '../../core/error.ts';
import { isJsonObject, type Json, nonEmptyString } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import type { ModelInfo, Provider } from '../../core/provider.ts';
import { joinUrl, parseBaseUrl } from '../../wire/index.ts';
import { tgiGrammar } from '../constraint.ts';
import type { FormatWays } from '../format-ways.ts';
import { readModels } from '../models.ts';
import { createTextProvider, type TextProviderOptions } from '../text-provider.ts';
import { readTokens } from './events.ts';
import { toRequestBody } from './request.ts';
import { generateUrl, infoUrl, isModelUrl, modelInUrl, toRoot } from './routes.ts';

export { isModelUrl } from './routes.ts';

const formats: FormatWays = {
  schemaModes: ['grammar', 'prompt'],
  nativeSchema: 'any',
  constraint: tgiGrammar,
  toolsBesideFormat: false,
};

/** @throws ChatError as createTextProvider does */
export function createTgiProvider(options: TextProviderOptions): Provider {
  const protocol = {
    formats,
    urlOf: generateUrl,
    toBody: toRequestBody,
    read: readTokens,
    listModels,
  };
  const provider = createTextProvider(options, protocol);
  // The name is not sent, but a prompt format is guessed from it; and where many models are hosted it is in the URL.
  const isUnneeded = options.promptFormat !== undefined && !isModelUrl(parseBaseUrl(options.baseUrl).url);
  return isUnneeded ? { ...provider, modelIsOptional: true } : provider;
}

/** The one model there is: from the URL, from /info, or (another router before it) from /v1/models. */
async function listModels(base: URL, target: string, get: (url: URL) => Promise<Json>): Promise<readonly ModelInfo[]> {
  const named = modelInUrl(base);
  if (named !== undefined) return [{ id: named }];
  const model = readInfo(await orRefusal(get(infoUrl(base))));
  if (model !== undefined) return [model];
  const models = readModels(await get(joinUrl(toRoot(base), 'models')));
  if (models !== undefined) return models;
  const said = 'neither /info nor /v1/models says which model it serves';
  throw new ChatError({ kind: 'stream', target, reason: 'malformed', said });
}

function readInfo(info: Json | undefined): ModelInfo | undefined {
  const id = isJsonObject(info) ? nonEmptyString(info.model_id) : undefined;
  if (!isJsonObject(info) || id === undefined) return undefined;
  const { max_total_tokens: total } = info;
  return { id, ...optional('contextWindow', typeof total === 'number' ? total : undefined) };
}

/** undefined when the server answered but has no such route; a server that cannot be asked has no other one either. */
async function orRefusal(asked: Promise<Json>): Promise<Json | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isChatError(error, 'server') || isChatError(error, 'stream')) return undefined;
    throw error;
  }
}
