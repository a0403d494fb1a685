/** What a provider hands to the wire: one request, its limits, and what must never be printed. */

import type { Network } from './network.ts';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** http or https, without userinfo (see parseBaseUrl). */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. Encoding it as UTF-8 turns a lone surrogate into U+FFFD, so the bytes are always well-formed. */
  readonly body?: string;
  /** Values taken out of every error. */
  readonly secrets: readonly string[];
  readonly limits: WireLimits;
  /** Proxies and authorities; absent for a direct way and Node's own. */
  readonly network?: Network;
  readonly signal: AbortSignal;
}

/** A time of 0 is no limit. */
export interface WireLimits {
  /** Name lookup, TCP and TLS together. */
  readonly connectMs: number;
  /** From the connection to the first byte of the body: a server that queues or prefills sends not even headers. */
  readonly firstByteMs: number;
  /** Longest silence inside the body; comments count as life. */
  readonly idleMs: number;
  /** Tries after the first one. */
  readonly retries: number;
  /** Of one server-sent event, in UTF-16 units of its text, which are never more than its bytes. */
  readonly maxEventBytes: number;
  /** Of a body that is no event stream, decompressed. */
  readonly maxBodyBytes: number;
}

export const defaultLimits: WireLimits = {
  connectMs: 30_000,
  firstByteMs: 120_000,
  idleMs: 60_000,
  retries: 3,
  maxEventBytes: 16 * 1024 * 1024,
  maxBodyBytes: 32 * 1024 * 1024,
};

/** For questions that a server answers at once or not at all: what it is, which models it has. */
export const probeLimits: WireLimits = {
  connectMs: 2000,
  firstByteMs: 2000,
  idleMs: 2000,
  retries: 0,
  maxEventBytes: 64 * 1024,
  // OpenRouter's list of models is some 500 KiB.
  maxBodyBytes: 4 * 1024 * 1024,
};
