import { ChatError } from '../core/error.ts';
import { type Json, parseJson } from '../core/json.ts';
import { openStream } from './open-stream.ts';
import type { WireRequest } from './request.ts';

/**
 * One request whose answer is one JSON text. Redirects, retries (`limits.retries`) and errors as in openStream;
 * an error inside a 2xx body is the caller's to find, with extractError.
 * @throws ChatError
 */
export async function fetchJson(request: WireRequest): Promise<Json> {
  const headers = { accept: 'application/json', ...request.headers };
  for await (const received of openStream({ ...request, headers })) {
    if (received.type === 'event') break;
    const value = received.type === 'body' ? parseJson(received.text) : undefined;
    if (value !== undefined) return value;
  }
  throw new ChatError({
    kind: 'stream',
    target: request.url.origin,
    reason: 'malformed',
    said: 'an event stream where one JSON text was asked for',
  });
}
