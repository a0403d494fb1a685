/** Redirects, followed only where the credentials may go: to the same origin, with the same method and body. */

import { ChatError } from '../core/error.ts';
import { type Answer, exchange } from './exchange.ts';
import type { WireRequest } from './request.ts';

const maxRedirects = 5;

/**
 * The first response that is no redirect.
 * @throws ChatError kind 'network', reason 'redirect', for one that leads elsewhere, would turn a POST into a GET,
 *   or is the sixth
 */
export async function exchangeFollowing(request: WireRequest): Promise<Answer> {
  let url = request.url;
  for (let followed = 0; ; followed++) {
    const answer = await exchange({ ...request, url });
    const location = answer.headers.location;
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
    answer.close();
    if (followed === maxRedirects) {
      throw refuse(request, { said: `more than ${maxRedirects} redirects` });
    }
    url = nextUrl(request, answer, location);
  }
}

function nextUrl(request: WireRequest, answer: Answer, location: string): URL {
  if (!URL.canParse(location, answer.url.href)) throw refuse(request, { said: `${answer.status} to ${location}` });
  const next = new URL(location, answer.url);
  // Origin and path only: a query may carry a token.
  const said = `${answer.status} to ${next.origin}${next.pathname}`;
  if (next.origin !== answer.url.origin) {
    throw refuse(request, { said, hint: 'if that is the right server, make it the base URL' });
  }
  // By custom the others turn a POST into a GET without its body.
  if (request.method !== 'GET' && answer.status !== 307 && answer.status !== 308) throw refuse(request, { said });
  next.username = '';
  next.password = '';
  return next;
}

function refuse(request: WireRequest, words: { readonly said: string; readonly hint?: string }): ChatError {
  return new ChatError(
    { kind: 'network', target: request.url.origin, reason: 'redirect', ...words },
    { secrets: request.secrets },
  );
}
