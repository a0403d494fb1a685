/** Bytes to text: HTTP and server-sent events, nothing about chat. */

export { type BaseUrl, joinUrl, parseBaseUrl } from './base-url.ts';
export { excerpt } from './excerpt.ts';
export { extractError, type ServerSaid } from './extract-error.ts';
export { fetchJson } from './fetch-json.ts';
export { type Network, type NetworkFlags, networkFrom, networkNotices } from './network.ts';
export { openStream } from './open-stream.ts';
export type { Received } from './received.ts';
export { defaultLimits, probeLimits, type WireLimits, type WireRequest } from './request.ts';
export { type WebFetch, webFetch } from './web-fetch.ts';
