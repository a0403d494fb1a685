/**
 * Requests by way of an HTTP proxy.
 *
 *     GET http://host/v1/models HTTP/1.1        http: the proxy is asked for the whole URL
 *
 *     CONNECT host:443 HTTP/1.1                 https: after its 200 the proxy only passes bytes on,
 *     HTTP/1.1 200 Connection established       and TLS is spoken with the server itself
 *
 * Our own, since it is little: node:http reads the answer to a CONNECT. Node has no proxy before 24, undici 8 needs
 * Node 22.19, and https-proxy-agent brings six packages and hands on a proxy's refusal as if it were the server's.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */

import http, { type ClientRequest, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { ChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import { parseBaseUrl } from './base-url.ts';
import { toNetworkError } from './network-error.ts';
import { proxyWantsPassword } from './refusal.ts';
import { closing, type Route, type SocketOptions } from './transport.ts';

export interface ProxyOptions {
  readonly socketOptions: SocketOptions;
  /** Told of the request for a tunnel, so that it can be stopped. */
  readonly follow: (request: ClientRequest) => void;
}

/** @throws ChatError with the proxy as its target, when it cannot be reached or opens no tunnel */
export async function routeThrough(proxy: URL, url: URL, options: ProxyOptions): Promise<Route> {
  if (url.protocol === 'http:') {
    return {
      open: (outgoing) =>
        askProxy(proxy, options, {
          ...outgoing,
          path: `${url.origin}${url.pathname}${url.search}`,
          headers: { ...closing(outgoing), host: url.host, ...credentials(proxy) },
        }),
      explain: (error) => proxyFailure(proxy, url, error),
    };
  }
  const tunnel = await openTunnel(proxy, url, options);
  return {
    open(outgoing) {
      const createConnection = () => startTls(url, tunnel, options);
      return https.request(url, { ...outgoing, headers: closing(outgoing), createConnection });
    },
    explain: (error) => toNetworkError(error, url.origin),
  };
}

function openTunnel(proxy: URL, url: URL, options: ProxyOptions): Promise<Duplex> {
  const authority = `${url.hostname}:${url.port === '' ? 443 : url.port}`;
  const headers = { host: authority, ...credentials(proxy) };
  return new Promise((resolve, reject) => {
    const request = askProxy(proxy, options, { method: 'CONNECT', path: authority, headers });
    request.once('connect', ({ statusCode = 0, statusMessage = '' }, socket) => {
      if (statusCode >= 200 && statusCode <= 299) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(refusal(proxy, url, { status: statusCode, said: statusMessage }));
      }
    });
    request.on('error', (error) => reject(proxyFailure(proxy, url, error)));
    request.end();
    options.follow(request);
  });
}

function askProxy(proxy: URL, { socketOptions }: ProxyOptions, options: RequestOptions): ClientRequest {
  const { request } = proxy.protocol === 'https:' ? https : http;
  const { protocol, port } = proxy;
  const all: RequestOptions = { ...options, ...socketOptions, protocol, host: withoutBrackets(proxy), port };
  return request(all);
}

/** As node:https does it for a socket of its own. */
function startTls(url: URL, tunnel: Duplex, { socketOptions }: ProxyOptions): Duplex {
  const host = withoutBrackets(url);
  return tls.connect({
    socket: tunnel,
    host,
    // An address cannot be asked for by name (RFC 6066, 3).
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    ...optional('secureContext', socketOptions.secureContext),
  });
}

/** What there is to say when no tunnel was opened. */
function refusal(proxy: URL, url: URL, said: { readonly status: number; readonly said: string }): ChatError {
  const hint = said.status === 407 ? proxyWantsPassword : `the proxy on the way to ${url.origin}`;
  return new ChatError({ kind: 'server', target: proxy.origin, ...said, hint });
}

function proxyFailure(proxy: URL, url: URL, cause: unknown): ChatError {
  return toNetworkError(
    cause,
    proxy.origin,
    `the proxy on the way to ${url.origin}, named by --proxy or the environment`,
  );
}

function credentials(proxy: URL): Readonly<Record<string, string>> {
  const { userinfo } = parseBaseUrl(proxy.href);
  if (userinfo === undefined) return {};
  const basic = Buffer.from(`${userinfo.username}:${userinfo.password}`).toString('base64');
  return { 'proxy-authorization': `Basic ${basic}` };
}

function withoutBrackets({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
