/**
 * TGI's own routes, and the one of Hugging Face's hosted models, where the URL of the model is the route:
 *
 *     http://localhost:8080[/v1]                                    /generate, /generate_stream, /info
 *     https://api-inference.huggingface.co/models[/org/model]       the same answers from `POST` to the URL itself
 *     https://NAME.endpoints.huggingface.cloud                      likewise
 */

import type { ChatRequest } from '../../core/provider.ts';

/** Whether text generation is served at the base URL itself. With a version segment it is not. */
export function isModelUrl(base: URL): boolean {
  if (/\/v\d+(?:\/|$)/.test(base.pathname)) return false;
  return /\/models(?:\/|$)/.test(base.pathname) || base.hostname.endsWith('.endpoints.huggingface.cloud');
}

export function generateUrl(base: URL, { stream, model }: ChatRequest): URL {
  const root = toRoot(base);
  if (!isModelUrl(root)) return at(root, stream ? '/generate_stream' : '/generate');
  return root.pathname.endsWith('/models') && model !== undefined ? at(root, `/${model}`) : root;
}

export function infoUrl(base: URL): URL {
  return at(toRoot(base), '/info');
}

/** The model a hosted URL names, undefined for any other URL. */
export function modelInUrl(base: URL): string | undefined {
  return /\/models\/(.+)$/.exec(toRoot(base).pathname)?.[1];
}

/** Without the version segment or the endpoint a person may have copied along. */
export function toRoot(base: URL): URL {
  const root = new URL(base);
  root.pathname = root.pathname
    .replace(/\/+$/, '')
    .replace(/\/(?:v1|v1\/(?:chat\/)?completions|generate(?:_stream)?)$/, '');
  return root;
}

function at(root: URL, path: string): URL {
  const url = new URL(root);
  url.pathname = `${root.pathname.replace(/\/+$/, '')}${path}`;
  return url;
}
