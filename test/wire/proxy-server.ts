/** An HTTP proxy on 127.0.0.1 that remembers what it was asked for. Every host name leads to 127.0.0.1. */

import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ProxyServer {
  readonly port: number;
  /** `CONNECT host:443`, `POST http://host/path`, in their order. */
  readonly asked: readonly string[];
  /** The Proxy-Authorization of each of them. */
  readonly credentials: readonly (string | undefined)[];
  close(): Promise<void>;
}

/** @param refusal  the status line's end for every request, `407 Proxy Authentication Required`; or it passes all on */
export async function startProxy(refusal?: string): Promise<ProxyServer> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const open = new Set<Duplex>();
  const remember = ({ method, url, headers }: IncomingMessage) => {
    asked.push(`${method} ${url}`);
    credentials.push(headers['proxy-authorization']);
  };
  const server = createServer((incoming, response) => {
    remember(incoming);
    if (refusal !== undefined) {
      response.writeHead(Number(refusal.slice(0, 3))).end();
      return;
    }
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { method, headers } = incoming;
    const onward = httpRequest({ host: '127.0.0.1', port, path: `${pathname}${search}`, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  server.on('connect', (incoming: IncomingMessage, client: Duplex) => {
    remember(incoming);
    keep(client);
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal}\r\nproxy-authenticate: Basic realm="test"\r\n\r\n`);
      return;
    }
    const onward = connect(Number((incoming.url ?? '').split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
    keep(onward);
  });
  function keep(socket: Duplex | Socket): void {
    open.add(socket);
    // The other side hangs up when it has seen enough; that is the test's subject, not its failure.
    socket.on('error', () => {});
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A server that listens on TCP has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    asked,
    credentials,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
