/** A request with short limits to a test's own server, and everything that came back for it. */

import { ChatError, type Fault } from '../../src/core/error.ts';
import { openStream } from '../../src/wire/open-stream.ts';
import type { Received } from '../../src/wire/received.ts';
import { defaultLimits, type WireLimits, type WireRequest } from '../../src/wire/request.ts';

export type Overrides = Partial<Omit<WireRequest, 'limits'>> & { readonly limits?: Partial<WireLimits> };

export function requestTo(url: string, overrides: Overrides = {}): WireRequest {
  return {
    method: 'POST',
    url: new URL('/v1/chat/completions', url),
    headers: { authorization: 'Bearer a-key-of-this-test' },
    body: '{"stream":true}',
    secrets: ['a-key-of-this-test'],
    signal: new AbortController().signal,
    ...overrides,
    // Long enough never to fire in a test that is not about them.
    limits: { ...defaultLimits, retries: 0, ...overrides.limits },
  };
}

export interface Asked {
  readonly received: readonly Received[];
  readonly data: readonly string[];
  readonly notices: readonly string[];
  readonly error: ChatError | undefined;
  readonly fault: Fault | undefined;
}

/** Reads to the end or to the failure. An error that is no ChatError is thrown on. */
export async function ask(url: string, overrides: Overrides = {}): Promise<Asked> {
  const received: Received[] = [];
  let failure: ChatError | undefined;
  try {
    for await (const one of openStream(requestTo(url, overrides), { random: () => 0, now: Date.now })) {
      received.push(one);
    }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    failure = error;
  }
  return {
    received,
    data: received.flatMap((one) => (one.type === 'event' ? [one.data] : [])),
    notices: received.flatMap((one) => (one.type === 'notice' ? [one.notice.text] : [])),
    error: failure,
    fault: failure?.fault,
  };
}

/** The reason of a network or stream fault. */
export function reasonOf(fault: Fault | undefined): string | undefined {
  return fault?.kind === 'network' || fault?.kind === 'stream' ? `${fault.kind} ${fault.reason}` : fault?.kind;
}
