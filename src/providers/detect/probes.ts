/** The questions that tell servers apart. All are GET and cost the server nothing; each asks one path. */

import type { Json } from '../../core/json.ts';

/** Paths below the server's root, which is the base URL without its version segment. */
export const probePaths = {
  /** TGI: `{"router":"text-generation-router","version":"3.3.6","model_id","max_total_tokens"}` (router/src/lib.rs, Info). */
  info: 'info',
  /** Ollama: `{"version":"0.20.4"}` (server/routes.go). */
  ollamaVersion: 'api/version',
  /** Xinference: `{"version":"1.2.0",…}` (api/routers/admin.py). */
  clusterVersion: 'v1/cluster/version',
  /** Xinference again, open also when the one above wants a key: `{"auth":false}`. */
  clusterAuth: 'v1/cluster/auth',
  /** llama.cpp: `{"build_info":"b6000-abc","chat_template","default_generation_settings":{"n_ctx":8192}}` (tools/server/README.md). */
  props: 'props',
  /** LM Studio since 0.4: `{"models":[{"key","loaded_instances":[]}]}` (docs, rest/list). */
  lmStudioModels: 'api/v1/models',
  /** LM Studio before: `{"data":[{"id","type":"llm","state":"loaded"}]}`. */
  lmStudioOldModels: 'api/v0/models',
  /** SGLang: `{"model_path","is_generation":true}` (docs, native APIs). */
  sglangModel: 'get_model_info',
  /** LiteLLM: `{"litellm_version":"1.80.0"}` (proxy/client/health.py). */
  litellmHealth: 'health/readiness',
  /** vLLM: `{"version":"0.11.0"}`. Others answer it too, so it only tells the version. */
  version: 'version',
} as const;

export type ProbeName = keyof typeof probePaths | 'models';

export type ProbeAnswer =
  | { readonly kind: 'json'; readonly body: Json }
  /** An error status, or a 200 that is no JSON: there is a server, and it does not know this path. */
  | { readonly kind: 'refused'; readonly status?: number };

export type ProbeAnswers = Readonly<Partial<Record<ProbeName, ProbeAnswer>>>;
