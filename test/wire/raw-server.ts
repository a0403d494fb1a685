/** A TCP server on 127.0.0.1 for answers that no HTTP server would give. */

import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface RawServer {
  readonly url: string;
  readonly port: number;
  connectionsSoFar(): number;
  close(): Promise<void>;
}

/** @param answer  called when the first bytes of a connection's request have come; `index` counts from 0 */
export async function startRawServer(answer: (socket: Socket, index: number) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    const index = count++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The other side hangs up when it has seen enough; that is the test's subject, not its failure.
    socket.on('error', () => {});
    socket.once('data', () => answer(socket, index));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connectionsSoFar: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The head of a 200 event stream; the body follows as the other headers say. */
export function eventStreamHead(...headers: readonly string[]): string {
  return ['HTTP/1.1 200 OK', 'content-type: text/event-stream', ...headers, '', ''].join('\r\n');
}
