/** The two ways to a server: a process of ours, or HTTP. What differs between them for a connection is here. */

import { StreamableHTTPClientTransport, StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { FetchLike, Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { cutText } from '../../core/cut-text.ts';
import { isChatError } from '../../core/error.ts';
import { childEnvironment } from '../child-environment.ts';
import type { Environment } from './expand-variables.ts';
import type { HttpServer, McpServer, StdioServer } from './server-config.ts';
import { type SignalGroup, serverProcess } from './server-process.ts';
import { untilAborted } from './until-aborted.ts';
import { watchAnswers } from './watch-answers.ts';

export interface LinkOptions {
  /** Absolute: where a server runs whose configuration names no folder. Not the working directory: see below. */
  readonly folder: string;
  readonly environment: Environment;
  readonly signalGroup: SignalGroup;
  readonly fetch: FetchLike;
}

export interface Link {
  readonly transport: Transport;
  /** What it means that the transport failed, in words that go on after the server's name. */
  explain(error: unknown): { readonly how: string; readonly notRun?: boolean };
  /** What the server wrote beside the protocol, '' for nothing. */
  said(): string;
  /** Never rejects. */
  goodbye(): Promise<void>;
  kill(): void;
}

export function createLink(server: McpServer, options: LinkOptions): Link {
  return server.kind === 'stdio' ? processLink(server, options) : httpLink(server, options);
}

/**
 * What runs must not depend on where banter is started: `npx` takes a package from the node_modules of its folder and
 * its settings from the .npmrc there, and `python -m` a module beside it.
 */
function processLink(server: StdioServer, { folder, environment, signalGroup }: LinkOptions): Link {
  const transport = serverProcess(
    { ...server, cwd: server.cwd ?? folder },
    {
      // A key of ours is passed on only when the configuration names it.
      environment: { ...childEnvironment(environment), ...server.env },
      signalGroup,
    },
  );
  return {
    transport,
    explain: (error) => ({ how: transport.ending() ?? `failed: ${messageOf(error)}` }),
    said: transport.said,
    goodbye: async () => {},
    kill: transport.kill,
  };
}

function httpLink(server: HttpServer, { fetch }: LinkOptions): Link {
  const answers = watchAnswers(fetch);
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { ...server.headers } },
    fetch: answers.fetch,
    reconnectionOptions: {
      initialReconnectionDelay: 200,
      maxReconnectionDelay: 5_000,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 2,
    },
  });
  answers.attach(transport);
  return {
    transport,
    explain(error) {
      // A TypeError is what fetch rejects with.
      if (error instanceof TypeError || isChatError(error)) return { how: `could not be reached: ${messageOf(error)}` };
      if (!(error instanceof StreamableHTTPError)) return { how: `failed: ${messageOf(error)}` };
      // With a restart of the server, say.
      if (error.code === 404 && transport.sessionId !== undefined) return { how: 'forgot the session', notRun: true };
      if (error.code === 401) return { how: 'wants a sign-in (401); put its token under "headers"' };
      return { how: `answered ${error.code}: ${excerpt(error.message)}` };
    },
    said: () => '',
    async goodbye() {
      if (transport.sessionId === undefined) return;
      // Politeness: a server that does not hear it drops the session by itself.
      const farewell = transport.terminateSession().catch(() => undefined);
      await untilAborted(farewell, AbortSignal.timeout(goodbyeMs)).catch(() => undefined);
    },
    kill: () => {},
  };
}

const goodbyeMs = 500;

/** fetch says only "fetch failed", and the reason is its cause. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isChatError(error)) return excerpt(error.message);
  const { cause } = error;
  if (cause instanceof AggregateError) return messageOf(cause.errors[0]);
  return excerpt(cause instanceof Error ? cause.message : error.message);
}

function excerpt(text: string): string {
  return cutText(text.replaceAll(/\s+/g, ' ').trim(), 300);
}
