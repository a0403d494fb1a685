/** The web's `fetch` on this room's transport, for libraries that ask for one: proxies and authorities count. */

import { optional } from '../core/optional.ts';
import { type Answer, exchange } from './exchange.ts';
import type { Network } from './network.ts';
import { defaultLimits, type WireLimits, type WireRequest } from './request.ts';

export type WebFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * As much of it as a JSON API needs: GET, POST and DELETE, a text as the body, an abort, and a body that streams.
 * A redirect is returned and not followed. Only connecting has a time limit: whoever waits for more has one.
 * The promise rejects with ChatError or the signal's reason.
 */
export function webFetch(network: Network | undefined): WebFetch {
  return async (url, init = {}) => {
    const signal = init.signal ?? new AbortController().signal;
    try {
      const answer = await exchange({
        method: readMethod(init.method),
        url: new URL(url),
        headers: Object.fromEntries(new Headers(init.headers)),
        ...optional('body', readBody(init.body)),
        secrets: [],
        limits,
        ...optional('network', network),
        signal,
      });
      return toResponse(answer);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  };
}

const limits: WireLimits = { ...defaultLimits, firstByteMs: 0, idleMs: 0, retries: 0 };

function readMethod(method = 'GET'): WireRequest['method'] {
  if (method === 'GET' || method === 'POST' || method === 'DELETE') return method;
  throw new TypeError(`there is no ${method} here`);
}

function readBody(body: RequestInit['body']): string | undefined {
  if (typeof body === 'string' || body === undefined) return body;
  if (body === null) return undefined;
  throw new TypeError('only a text can be sent');
}

function toResponse(answer: Answer): Response {
  const { status, headers } = answer;
  const isEmpty = status === 204 || status === 205 || status === 304;
  if (isEmpty) answer.close();
  return new Response(isEmpty ? null : toStream(answer), { status, headers });
}

/** Nothing is read before it is asked for, and who wants no more of it drops the connection. */
function toStream({ body, close }: Answer): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done !== true) return controller.enqueue(value);
          close();
          controller.close();
        } catch (error) {
          close();
          throw error;
        }
      },
      cancel: close,
    },
    { highWaterMark: 0 },
  );
}
