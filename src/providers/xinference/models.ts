/**
 * Xinference's `GET /v1/models` lists what is running, of every kind, with what it knows of each (restful_api.py):
 *
 *     {"object":"list","data":[
 *       {"id":"qwen3","owned_by":"xinference","model_type":"LLM","context_length":32768,"model_ability":["chat","tools"]},
 *       {"id":"bge-m3","owned_by":"xinference","model_type":"embedding"}]}
 */

import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { ModelInfo } from '../../core/provider.ts';
import { readModels } from '../models.ts';

/** The models one can talk to, or undefined when the body is no list of models. */
export function readRunningModels(body: Json): readonly ModelInfo[] | undefined {
  if (!isJsonObject(body) || !Array.isArray(body.data)) return readModels(body);
  const items: readonly Json[] = body.data;
  return readModels({ ...body, data: items.filter((item) => !isJsonObject(item) || canChat(item)) });
}

/** What a release does not say counts as yes. */
function canChat({ model_type: type, model_ability: abilities }: JsonObject): boolean {
  return (type === undefined || type === 'LLM') && (!Array.isArray(abilities) || abilities.includes('chat'));
}
