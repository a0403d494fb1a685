/**
 * `GET /models`, in its many forms:
 *
 *     {"object":"list","data":[{"id":"m","owned_by":"vllm","max_model_len":8192}]}
 *     {"object":"list","data":null}          Ollama without models
 *     {"models":[{"name":"m"}]}, [{"id":"m"}]
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import type { ModelInfo } from '../core/provider.ts';

/** The chat models in the server's order, or undefined when the body is no list of models. */
export function readModels(body: Json): readonly ModelInfo[] | undefined {
  const list = listOf(body);
  if (list === undefined) return undefined;
  const models = new Map<string, ModelInfo>();
  for (const item of list) {
    const model = readModel(item);
    if (model !== undefined && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}

function listOf(body: Json): readonly Json[] | undefined {
  if (Array.isArray(body)) return body;
  if (!isJsonObject(body)) return undefined;
  for (const list of [body.data, body.models]) {
    if (Array.isArray(list)) return list;
  }
  return body.data === null || body.models === null ? [] : undefined;
}

function readModel(item: Json): ModelInfo | undefined {
  if (typeof item === 'string') return item === '' ? undefined : { id: item };
  if (!isJsonObject(item)) return undefined;
  const id = [item.id, item.key, item.model, item.name].map(nonEmptyString).find((name) => name !== undefined);
  if (id === undefined || isOtherKind(item)) return undefined;
  const contextWindow = contextWindowOf(item);
  const ownedBy = nonEmptyString(item.owned_by);
  return {
    id,
    ...optional('contextWindow', contextWindow),
    ...optional('ownedBy', ownedBy),
  };
}

/** Xinference and LM Studio list embedding, image and audio models too, and say so. */
function isOtherKind(item: JsonObject): boolean {
  const type = nonEmptyString(item.model_type) ?? nonEmptyString(item.type);
  return type !== undefined && /^(embeddings?|rerank|image|audio|video|flexible|moderation|transcribe)$/i.test(type);
}

/** llama.cpp: `meta.n_ctx` is what one request gets, n_ctx_train what the model was made for. */
function contextWindowOf(item: JsonObject): number | undefined {
  const meta = isJsonObject(item.meta) ? item.meta : {};
  const top = isJsonObject(item.top_provider) ? item.top_provider : {};
  const counts = [
    ...[item.max_model_len, item.context_length, item.context_window, item.max_context_length],
    ...[meta.n_ctx, top.context_length, meta.n_ctx_train],
  ];
  return counts.find((count): count is number => typeof count === 'number' && count > 0);
}
