/**
 * An HTTPS server on 127.0.0.1 with one of the certificates of test/fixtures/tls. All are good for a hundred years,
 * except `expired`; `authority.pem` has signed them, except `self-signed`.
 */

import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { networkFrom } from '../../src/wire/network.ts';
import type { Overrides } from './ask.ts';

export type Certificate = 'localhost' | 'other-host' | 'expired' | 'self-signed';

export const authority = readFixture('authority.pem');
export const authorityPath = fileURLToPath(new URL('../fixtures/tls/authority.pem', import.meta.url));
export const trustingTests = trusting(authority);

/** For `ask`: what `--ca-cert` with a file of this text sets. */
export function trusting(ca: string): Overrides {
  const network = networkFrom({}, { ca });
  return network === undefined ? {} : { network };
}

export interface TlsServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Without a handler every request is answered with `data: ok` and its path. */
export async function startTlsServer(
  certificate: Certificate,
  handler: (request: IncomingMessage, response: ServerResponse) => void = sayOk,
): Promise<TlsServer> {
  const options = { key: readFixture('server.key'), cert: readFixture(`${certificate}.pem`) };
  const server = createServer(options, handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `https://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sayOk(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`data: ok ${request.url}\n\n`);
}

function readFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
}
