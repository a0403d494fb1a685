/**
 * A real HTTP server on 127.0.0.1 that answers as the test tells it to, and remembers what it was asked.
 *
 *     const server = await startServer((_request, response) => sse(response, ['data: hello', 'data: [DONE]']));
 *     ... new URL('/v1/chat/completions', server.url) ...
 *     assert.equal(server.requests[0]?.method, 'POST');
 *     await server.close();
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FaultServer {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order in which their bodies were complete. */
  readonly requests: readonly RecordedRequest[];
  /** Connections that are open now. */
  connectionCount(): Promise<number>;
  /** Drops every connection and stops listening. */
  close(): Promise<void>;
}

export interface RecordedRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/**
 * @param index  counts the requests from 0, for servers that answer differently the second time
 */
export type Handler = (request: RecordedRequest, response: ServerResponse, index: number) => void | Promise<void>;

/** The handler is called once the whole request is there. What it throws becomes a 500 with the stack in it. */
export async function startServer(handler: Handler): Promise<FaultServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((incoming, response) => {
    respond(incoming, response).catch((error: unknown) => {
      const stack = error instanceof Error ? error.stack : String(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, { error: { message: `the test's handler failed: ${stack}` } }, 500);
    });
  });

  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request: RecordedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    await handler(request, response, requests.push(request) - 1);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an AddressInfo; the other types of the union are for pipes and for closed servers.
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    connectionCount: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

/**
 * Answers 200 with an event stream and ends it.
 * @param frames  each without its blank line, which is added: `data: {"a":1}`, `: comment`, `event: x\ndata: y`
 */
export function sse(response: ServerResponse, frames: readonly string[]): void {
  startSse(response);
  for (const frame of frames) response.write(`${frame}\n\n`);
  response.end();
}

/** Sends the head of an event stream and leaves it open, for tests that write, stall or cut by themselves. */
export function startSse(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
}

/** Answers with one JSON body. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
