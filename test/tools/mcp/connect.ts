/** Connects to servers as the program does, and sees to it that they end with the test. */

import { tmpdir } from 'node:os';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import {
  type Cache,
  connectMcp,
  type McpOptions,
  type McpTools,
  readMcpServers,
} from '../../../src/tools/mcp/index.ts';
import { webFetch } from '../../../src/wire/index.ts';

export const oddServer = fileURLToPath(new URL('programs/odd-server.mjs', import.meta.url));

export interface Connected extends McpTools {
  /** Calls a tool by its whole name. */
  call(name: string, args?: JsonObject, signal?: AbortSignal): Promise<unknown>;
}

export async function connect(
  context: TestContext,
  mcpServers: JsonObject,
  options: Partial<McpOptions> = {},
): Promise<Connected> {
  const environment = options.environment ?? process.env;
  const { servers, problems } = readMcpServers({ mcpServers }, environment);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const connected = await connectMcp(servers, {
    environment,
    signalGroup,
    cache: memoryCache(),
    now: () => 1_000_000,
    version: '1.2.3',
    folder: tmpdir(),
    checkSchema: async () => undefined,
    fetch: webFetch(undefined),
    taken: new Set(),
    signal: new AbortController().signal,
    ...options,
  });
  context.after(() => connected.close());
  return {
    ...connected,
    async call(name, args = {}, signal = new AbortController().signal) {
      const tool = connected.tools.find((candidate) => candidate.name === name);
      if (tool === undefined) throw new Error(`there is no ${name}`);
      return tool.run(args, { signal });
    },
  };
}

/** An entry of `mcpServers`. */
export function odd(oddity: string, more: JsonObject = {}, ...args: string[]): JsonObject {
  return { command: process.execPath, args: [oddServer, oddity, ...args], ...more };
}

export function memoryCache(): Cache {
  let kept: Json | undefined;
  return {
    read: () => kept,
    write(value) {
      kept = value;
    },
  };
}

function signalGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
