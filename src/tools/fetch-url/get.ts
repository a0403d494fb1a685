/**
 * One GET to an address that was checked. The check is the lookup of the connection itself: there is no second look
 * at the name, which could give another address (DNS rebinding). Nothing goes through a proxy, which would look up
 * the name by itself.
 */

import { lookup as resolveName } from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { optional } from '../../core/optional.ts';

export interface GetOptions {
  readonly isAllowed: (address: string) => boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly secureContext?: SecureContext;
  readonly signal: AbortSignal;
}

/** The response as it begins, with any status. Whoever gets it has to destroy it. @throws Error, the signal's reason */
export async function get(url: URL, options: GetOptions): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !options.isAllowed(host)) throw notPublic(url, host);
  const requestOptions: RequestOptions & { readonly secureContext?: SecureContext } = {
    agent: false,
    headers: { ...options.headers, 'accept-encoding': 'identity', connection: 'close' },
    lookup: checkedLookup(url, options.isAllowed),
    signal: options.signal,
    ...optional('secureContext', options.secureContext),
  };
  const { request } = url.protocol === 'https:' ? https : http;
  try {
    return await new Promise((resolve, reject) => {
      // Stays after the response is there, too: an unheard error would end the process.
      request(url, requestOptions).once('response', resolve).on('error', reject).end();
    });
  } catch (error) {
    throw explain(error, url, options.signal);
  }
}

export interface ReadBody {
  readonly bytes: Buffer;
  /** There was more than `maxBytes`. */
  readonly isCut: boolean;
}

/** @param maxBytes  of the decompressed body. @throws Error, the signal's reason */
export async function readBody(
  incoming: IncomingMessage,
  { url, maxBytes, signal }: { readonly url: URL; readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Node gives Buffers, as no encoding is set.
    for await (const chunk of decompress(incoming) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) return { bytes: Buffer.concat(chunks, maxBytes), isCut: true };
    }
  } catch (error) {
    throw explain(error, url, signal);
  }
  return { bytes: Buffer.concat(chunks), isCut: false };
}

function checkedLookup(url: URL, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      const refused = addresses?.find(({ address }) => !isAllowed(address));
      const [first] = addresses ?? [];
      if (error !== null) callback(error, '');
      // One private address among public ones is no accident.
      else if (refused !== undefined) callback(notPublic(url, refused.address), '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    });
  };
}

function notPublic(url: URL, address: string): Error {
  return new Error(`${url.origin} is not in the public internet (${address}); only public addresses are fetched`);
}

/** We ask for none; some servers compress all the same. */
function decompress(incoming: IncomingMessage): Readable {
  const coding = (incoming.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  switch (coding) {
    case 'identity':
    case '':
      return incoming;
    case 'gzip':
    case 'x-gzip':
      return pipeline(incoming, createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }), () => {});
    case 'deflate':
      return pipeline(incoming, createInflate(), () => {});
    case 'br':
      return pipeline(incoming, createBrotliDecompress(), () => {});
    default:
      throw new Error(`its content-encoding ${JSON.stringify(coding)} is not known here`);
  }
}

function explain(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  const [first] = error instanceof AggregateError ? error.errors : [error];
  if (!(first instanceof Error) || first.message.startsWith(url.origin)) return first;
  return new Error(`${url.origin} could not be read: ${first.message}`, { cause: error });
}
