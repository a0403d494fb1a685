/** MCP servers as tools: `server__tool` for each tool of each server. */

import type { FetchLike } from '@modelcontextprotocol/sdk/shared/transport.js';
import { cutText } from '../../core/cut-text.ts';
import type { Tool } from '../../core/tool.ts';
import type { ConnectionOptions } from './connection.ts';
import type { DescribedTool, LeftOut } from './described-tool.ts';
import type { Environment } from './expand-variables.ts';
import { type LazyServer, lazyServer } from './lazy-server.ts';
import { toResultText } from './result-text.ts';
import type { McpServer } from './server-config.ts';
import type { SignalGroup } from './server-process.ts';
import { type Cache, toolCache } from './tool-cache.ts';
import { canBelongTo, toToolName } from './tool-name.ts';
import { untilAborted } from './until-aborted.ts';

export { type McpServer, type McpServers, readMcpServers } from './server-config.ts';
export type { Cache, SignalGroup };

export interface McpOptions {
  /** Absolute: where servers run whose configuration names no folder; not the working directory (link.ts). */
  readonly folder: string;
  /** Of it, servers get what programs need to run, and nothing that could be a key. */
  readonly environment: Environment;
  readonly signalGroup: SignalGroup;
  readonly cache: Cache;
  /** Wall-clock milliseconds. */
  readonly now: () => number;
  /** Of banter, which servers are told. */
  readonly version: string;
  /** For servers over HTTP. */
  readonly fetch: FetchLike;
  /** What is wrong with a schema; asked about the tools of a server that was connected. */
  readonly checkSchema: ConnectionOptions['checkSchema'];
  /** Only servers are connected to which these tools can belong, `server__x` or `server__*`; all when none fits. */
  readonly asked?: readonly string[];
  /** Names of other tools, which stay theirs. */
  readonly taken: ReadonlySet<string>;
  /** Ends the waiting for servers, not their work. */
  readonly signal: AbortSignal;
}

export interface McpTools {
  readonly tools: readonly McpTool[];
  /** One sentence for each server that gives no tools, or not all of them. */
  readonly problems: readonly string[];
  /** Ends every server: politely, then not. Has to be called before the program ends; never rejects. */
  close(): Promise<void>;
  /** The same at once, for a program that cannot wait. */
  kill(): void;
}

export interface McpTool extends Tool {
  readonly server: string;
}

/**
 * Servers whose tools are known from the last time are started by the first call; the others are asked now, all at
 * once, each within its `connectMs`. A server that fails is a problem and costs the others nothing; one that took its
 * time to fail is not asked again for ten minutes.
 * @throws the reason of `options.signal`
 */
export async function connectMcp(servers: readonly McpServer[], options: McpOptions): Promise<McpTools> {
  const cache = toolCache(options.cache, options.now);
  const problems: string[] = [];
  const running = neededOf(servers, options.asked).map((config) => {
    const onTools = (tools: readonly DescribedTool[]): void => cache.put(config, tools);
    return { config, server: lazyServer(config, { ...options, onTools }) };
  });
  const close = async (): Promise<void> => {
    await Promise.all(running.map(({ server }) => server.close()));
  };
  const kill = (): void => {
    for (const { server } of running) server.kill();
  };

  const asked = running.map(async ({ config, server }) => {
    const known = cache.get(config);
    if (known !== undefined) return { config, server, described: known };
    const knownProblem = cache.getProblem(config);
    if (knownProblem !== undefined) {
      problems.push(`${knownProblem} (kept in mind for 10 minutes; \`banter tools list\` asks again)`);
      return { config, server, described: [] };
    }
    const startedAt = options.now();
    try {
      const { tools, leftOut } = await server.describe();
      if (leftOut.length > 0) problems.push(describeLeftOut(config, leftOut));
      return { config, server, described: tools };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      problems.push(problem);
      // A failure that costs nothing may as well be gone by the next time: a command was installed, a server started.
      const isCostly = options.now() - startedAt >= costlyMs;
      if (isCostly && !options.signal.aborted) cache.putProblem(config, problem);
      return { config, server, described: [] };
    }
  });
  try {
    const found = await untilAborted(Promise.all(asked), options.signal);
    const taken = new Set(options.taken);
    const tools = found.flatMap(({ config, server, described }) =>
      described.map((tool) => {
        const name = toToolName(config.name, tool.name, taken);
        taken.add(name);
        return toTool(name, tool, { config, server });
      }),
    );
    return { tools, problems, close, kill };
  } catch (error) {
    await close();
    throw error;
  }
}

const costlyMs = 500;

function neededOf(servers: readonly McpServer[], asked: readonly string[] | undefined): readonly McpServer[] {
  if (asked === undefined) return servers;
  const needed = servers.filter(({ name }) => asked.some((tool) => canBelongTo(name, tool)));
  // None: it is misspelt, and who knows all the tools can say what was meant.
  return needed.length === 0 ? servers : needed;
}

const maxNamed = 5;
const maxProblem = 200;

function describeLeftOut({ name }: McpServer, leftOut: readonly LeftOut[]): string {
  const named = leftOut
    .slice(0, maxNamed)
    .map((tool) => `${shorten(JSON.stringify(tool.name))} (${shorten(tool.problem)})`);
  const more = leftOut.length > maxNamed ? [`${leftOut.length - maxNamed} more`] : [];
  return `MCP server ${JSON.stringify(name)}: these tools are left out: ${[...named, ...more].join(', ')}`;
}

/** The server's words are in it. */
function shorten(problem: string): string {
  return cutText(problem.replaceAll(/\s+/g, ' '), maxProblem);
}

function toTool(
  name: string,
  { name: ownName, description, inputSchema, annotations }: DescribedTool,
  { config, server }: { readonly config: McpServer; readonly server: LazyServer },
): McpTool {
  return {
    name,
    description,
    parameters: inputSchema,
    // That it only reads is the server's claim: it counts where the person has said that the server is trusted.
    safe: config.trust && annotations.readOnlyHint,
    server: config.name,
    run: async (args, { signal }) => toResultText(await server.call(ownName, args, signal)),
  };
}
