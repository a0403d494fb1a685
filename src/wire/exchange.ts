/** One HTTP request and its response, with timeouts and abort; no redirects, no retries. */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { ChatError, isChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';
import { abortError } from './abort.ts';
import { decompress } from './decompress.ts';
import { flattenHeaders } from './headers.ts';
import type { WireRequest } from './request.ts';
import { prepareRoute, type Route } from './transport.ts';
import { type Watch, watchOver } from './watch.ts';

/** A response of any status. Whoever holds it has to close it. */
export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed; nothing is read ahead of who asks for it. To be iterated once. Throws ChatError. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Drops the connection unless the body was read to its end, and lets go of the signal. */
  close(): void;
}

/** @throws ChatError kind 'network' or 'aborted' when no response comes */
export async function exchange(request: WireRequest): Promise<Answer> {
  const { url, limits, network, signal } = request;
  const target = url.origin;
  if (signal.aborted) throw abortError(signal);

  const body = Buffer.from(request.body ?? '', 'utf8');
  const proxy = network?.proxyFor(url);
  const hint = proxy === undefined ? undefined : `by way of the proxy ${proxy.origin}`;
  const watch = watchOver(signal);
  let route: Route | undefined;
  try {
    const fault = { kind: 'network', target, ...optional('hint', hint) } as const;
    watch.allow(limits.connectMs, (said) => ({ ...fault, reason: 'connect-timeout', said }));
    route = await prepareRoute(url, network, watch.follow);
    const outgoing = route.open({
      method: request.method,
      headers: {
        accept: 'text/event-stream, application/json',
        ...request.headers,
        ...(request.body !== undefined && { 'content-type': 'application/json', 'content-length': body.byteLength }),
      },
    });
    watch.follow(outgoing);
    outgoing.once('socket', (socket) => {
      socket.once(isTls(socket) ? 'secureConnect' : 'connect', () => {
        watch.allow(limits.firstByteMs, (said) => ({ ...fault, reason: 'first-byte-timeout', said }));
      });
    });
    const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      // Stays after the response is there, too: a socket may fail more than once, and an unheard error ends the process.
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    watch.follow(incoming);
    const headers = flattenHeaders(incoming.headers);
    return {
      url,
      status: incoming.statusCode ?? 0,
      headers,
      body: decompress(readBody(incoming, watch, request), headers['content-encoding'] ?? '', target),
      close: watch.close,
    };
  } catch (error) {
    watch.close();
    throw watch.cause() ?? (isChatError(error) || route === undefined ? error : route.explain(error));
  }
}

function isTls(socket: Socket): boolean {
  return 'encrypted' in socket;
}

/** The clock runs only while we wait for the server, so a slow reader is never taken for a silent server. */
async function* readBody(
  incoming: IncomingMessage,
  watch: Watch,
  { url, limits }: WireRequest,
): AsyncGenerator<Uint8Array> {
  const target = url.origin;
  try {
    // Node gives Buffers, as no encoding is set.
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      watch.rest();
      yield chunk;
      watch.allow(limits.idleMs, (said) => ({ kind: 'stream', target, reason: 'silent', said }));
    }
  } catch (error) {
    const failure = watch.cause() ?? new ChatError({ kind: 'stream', target, reason: 'cut' }, { cause: error });
    if (failure.kind !== 'aborted') yield* takeBuffered(incoming);
    throw failure;
  }
  watch.rest();
}

/** A reader slower than the server finds what came before the break still in the stream's buffer. */
function* takeBuffered(incoming: IncomingMessage): Generator<Buffer> {
  for (;;) {
    const chunk: Buffer | null = incoming.read();
    if (chunk === null) return;
    yield chunk;
  }
}
