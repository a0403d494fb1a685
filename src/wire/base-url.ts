/** Base URLs as people give them, and the endpoints made from them. */

import { ChatError } from '../core/error.ts';

export interface BaseUrl {
  /** Without userinfo and fragment, path without a trailing slash; the query stays (Azure's `api-version`). */
  readonly url: URL;
  /** The origin: how this server is called in a sentence. */
  readonly target: string;
  /** What stood before the `@`, percent-decoded: for an Authorization header, never for printing. */
  readonly userinfo?: { readonly username: string; readonly password: string };
}

/** @throws ChatError kind 'usage' when the text is no http or https URL */
export function parseBaseUrl(text: string): BaseUrl {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed)) throw notABaseUrl(trimmed);
  if (!URL.canParse(trimmed)) throw notABaseUrl(trimmed);

  const url = new URL(trimmed);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return {
    url,
    target: url.origin,
    ...((username !== '' || password !== '') && {
      userinfo: { username: decode(username), password: decode(password) },
    }),
  };
}

/**
 * The endpoint `path` of a server: `http://h/v1` + `chat/completions`.
 * A base without a version segment gets `/v1`, as TGI, vLLM, Ollama and the others serve it. A base that already
 * names an endpoint (`…/chat/completions`, `…/models`) is taken at its word: its other endpoints are beside it, with
 * no `/v1` put in, and so a server that has no version segment can be reached. The base's query is kept.
 * huggingface_hub `_build_chat_completion_url` is the model for this.
 * @param path  without a leading slash
 */
export function joinUrl(base: URL, path: string): URL {
  const url = new URL(base);
  const given = url.pathname.replace(/\/+$/, '');
  const beside = given.replace(/\/(?:(?:chat\/)?completions|models)$/, '');
  const isVersioned = /\/v\d+[a-z0-9]*(?:\/|$)/i.test(given);
  url.pathname = `${beside !== given || isVersioned ? beside : `${given}/v1`}/${path}`;
  return url;
}

function notABaseUrl(text: string): ChatError {
  // What stands before an @ may be a password.
  const shown = text.replace(/^.*@/, '').replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const scheme = /^(?:localhost|127\.|10\.|192\.168\.|\[|[^./:]+(?:[:/]|$))/i.test(shown) ? 'http' : 'https';
  return new ChatError({
    kind: 'usage',
    what: shown === '' ? 'the base URL is empty' : `"${shown}" is no base URL`,
    hint: shown === '' ? 'such as http://localhost:8080/v1' : `such as ${scheme}://${shown}`,
  });
}

/** As URLSearchParams decodes: whatever is no proper escape stands for itself, where decodeURIComponent throws. */
function decode(part: string): string {
  const query = part.replaceAll('+', '%2B').replaceAll('&', '%26');
  return new URLSearchParams(`part=${query}`).get('part') ?? part;
}
