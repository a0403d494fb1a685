/** Servers of models, as far as a probe can tell: each answers the few GET routes that are its own, and 404 else. */

import { after } from 'node:test';
import type { ServerName } from '../../src/core/profile.ts';
import { type FaultServer, sendJson, startServer } from './fault-server.ts';

export type Routes = Readonly<Record<string, unknown>>;

const list = (...models: readonly object[]): object => ({ object: 'list', data: models });

/** What each server answers, by path. Shapes as in the source or the documentation of each. */
export const routesOf = {
  tgi: {
    '/info': {
      model_id: 'meta/llama',
      router: 'text-generation-router',
      version: '3.3.6',
      max_total_tokens: 8192,
      max_input_tokens: 8000,
    },
    '/v1/models': list({ id: 'meta/llama', object: 'model', created: 0, owned_by: 'meta/llama' }),
  },
  xinference: {
    '/v1/cluster/auth': { auth: false },
    '/v1/cluster/version': { version: '1.9.0', 'full-revisionid': 'abc' },
    '/v1/models': list(
      { id: 'bge', model_type: 'embedding', owned_by: 'xinference' },
      { id: 'qwen', model_type: 'LLM', context_length: 32768, owned_by: 'xinference' },
    ),
  },
  ollama: {
    '/api/version': { version: '0.20.4' },
    '/v1/models': list({ id: 'llama3.2:3b', object: 'model', created: 1, owned_by: 'library' }),
  },
  'llama.cpp': {
    '/props': { build_info: 'b6000-abc', default_generation_settings: { n_ctx: 4096 }, chat_template: '' },
    '/v1/models': list({ id: 'm.gguf', owned_by: 'llamacpp', meta: { n_ctx_train: 131072 } }),
  },
  vllm: {
    '/version': { version: '0.11.0' },
    '/v1/models': list({ id: 'qwen', owned_by: 'vllm', max_model_len: 16384 }),
  },
  sglang: {
    '/get_model_info': { model_path: 'qwen', is_generation: true },
    '/v1/models': list({ id: 'qwen', owned_by: 'sglang', max_model_len: 16384 }),
  },
  lmstudio: {
    '/api/v1/models': { models: [{ type: 'llm', key: 'qwen', loaded_instances: [], max_context_length: 4096 }] },
    '/v1/models': list({ id: 'qwen', object: 'model', owned_by: 'organization_owner' }),
  },
  litellm: {
    '/health/readiness': { status: 'healthy', litellm_version: '1.80.0' },
    '/v1/models': list({ id: 'gpt', object: 'model', created: 1677610602, owned_by: 'openai' }),
  },
} satisfies Partial<Record<ServerName, Routes>>;

/** Closed when the file's tests end. */
export async function startModelServer(routes: Routes): Promise<FaultServer> {
  const server = await startServer(({ path }, response) => {
    const found = Object.hasOwn(routes, path);
    sendJson(response, found ? routes[path] : { detail: 'Not Found' }, found ? 200 : 404);
  });
  after(() => server.close());
  return server;
}
