/**
 * How a request gets its socket: directly or through a proxy, and which authorities it trusts.
 *
 * Every request opens its own connection. llama.cpp closes a kept one right after a streamed answer although it
 * promised five more seconds, and the next request runs into it (seen 9 to 40 times in 400).
 */

import http, { type ClientRequest, type RequestOptions } from 'node:http';
import type { TcpSocketConnectOpts } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { ChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import type { Network } from './network.ts';
import { toNetworkError } from './network-error.ts';

export interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** A way to a server, ready for one request. */
export interface Route {
  /** Starts the request; its body is still to be written. */
  open(outgoing: Outgoing): ClientRequest;
  /** What an error before its response means: on the way through a proxy it may be the proxy's. */
  explain(error: unknown): ChatError;
}

export interface SocketOptions extends Pick<TcpSocketConnectOpts, 'autoSelectFamilyAttemptTimeout'> {
  readonly agent: false;
  readonly secureContext?: SecureContext;
}

/**
 * Everything that has to be waited for, so that `open` starts a request none of whose events is missed: modules
 * that not every request needs, and the tunnel through a proxy.
 * @param follow  told of a request that is made on the way, so that it can be stopped
 * @throws ChatError about a proxy
 */
export async function prepareRoute(
  url: URL,
  network: Network | undefined,
  follow: (request: ClientRequest) => void,
): Promise<Route> {
  const proxy = network?.proxyFor(url);
  const isSecure = url.protocol === 'https:' || proxy?.protocol === 'https:';
  const trust = isSecure && network?.ca !== undefined ? await import('./trust.ts') : undefined;
  const socketOptions: SocketOptions = {
    agent: false,
    // For each address of the host. Node's 250 ms gives up on those of a slow but living network.
    autoSelectFamilyAttemptTimeout: 1000,
    ...optional('secureContext', network?.ca === undefined ? undefined : trust?.trusting(network.ca)),
  };
  if (proxy !== undefined) {
    const { routeThrough } = await import('./proxy.ts');
    return routeThrough(proxy, url, { socketOptions, follow });
  }
  const { request } = isSecure ? await import('node:https') : http;
  return {
    open(outgoing) {
      // http passes the socket's options on to it.
      const options: RequestOptions = { ...outgoing, headers: closing(outgoing), ...socketOptions };
      return request(url, options);
    },
    explain: (error) => toNetworkError(error, url.origin),
  };
}

/** For every request whose connection is its own. */
export function closing({ headers }: Outgoing): Outgoing['headers'] {
  return { ...headers, connection: 'close' };
}
