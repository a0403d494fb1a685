/** Tools that are not built in: the person's own files, and MCP servers. Loaded only where there are any. */

import { existsSync } from 'node:fs';
import { ChatError, isChatError } from '../core/error.ts';
import { type Json, type JsonSchema, parseJson } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import { readTextFile } from '../store/text-file.ts';
import { openToolDescriptions, type ToolDescriptions } from '../store/tool-descriptions.ts';
import type { McpTool, McpTools } from '../tools/mcp/index.ts';
import { loadUserTools, type Host as ToolHost, type UserTool, type UserTools } from '../tools/user/index.ts';
import { findTrusted } from '../tools/user/trust.ts';
import { type Network, webFetch } from '../wire/index.ts';
import type { Host } from './host.ts';
import type { ToolNeeds } from './tool-words.ts';
import { version } from './version.ts';

export interface ToolSources {
  readonly files: readonly UserTool[];
  readonly servers: readonly McpTool[];
  /** One line for each file and each server that gives no tool. */
  readonly problems: readonly string[];
  /** Ends what they have started. Never rejects. */
  close(): Promise<void>;
}

export interface ToolSourcesOptions {
  /** Names that are not to be had: of the tools that are built in. */
  readonly taken: readonly string[];
  readonly network: Network | undefined;
  readonly signal: AbortSignal;
  /** Every server is asked, and files that failed the last time, also when that takes seconds. */
  readonly afresh?: true;
}

/** @throws ChatError kind 'usage' for a file that was named and is no tool, 'aborted' */
export async function openToolSources(host: Host, needs: ToolNeeds, options: ToolSourcesOptions): Promise<ToolSources> {
  const files = needs.folder || needs.files.length > 0 ? await openFiles(host, needs, options) : noFiles;
  const taken = [...options.taken, ...files.tools.map(({ name }) => name)];
  const servers = needs.servers === 'none' ? noServers : await openServers(host, needs.servers, { ...options, taken });
  // For an end that does not wait: a second Ctrl+C.
  const kill = (): void => {
    files.kill();
    servers.kill();
  };
  process.once('exit', kill);
  return {
    files: files.tools,
    servers: servers.tools,
    problems: [...files.problems, ...servers.problems],
    async close() {
      await Promise.all([files.close(), servers.close()]);
      process.off('exit', kill);
    },
  };
}

const noFiles: UserTools = { tools: [], problems: [], close: async () => {}, kill: () => {} };
const noServers: McpTools = { tools: [], problems: [], close: async () => {}, kill: () => {} };

async function openFiles(host: Host, { files }: ToolNeeds, { taken, afresh }: ToolSourcesOptions): Promise<UserTools> {
  return loadUserTools({
    folder: host.paths.toolsDir,
    files,
    taken,
    descriptions: openToolDescriptions(host.paths.describedToolsFile),
    host: toolHost(host),
    clock: () => new Date(),
    checkSchema,
    ...optional('retry', afresh),
  });
}

function toolHost({ environment }: Host): ToolHost {
  return {
    environment,
    platform: process.platform,
    userId: process.getuid?.(),
    nodePath: process.execPath,
    nodeVersion: process.versions.node,
    kill: (processId, signal) => {
      process.kill(processId, signal);
    },
  };
}

async function checkSchema(schema: JsonSchema): Promise<string | undefined> {
  const { compileSchema } = await import('../session/validate.ts');
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    return error.message;
  }
}

async function openServers(
  host: Host,
  asked: 'all' | readonly string[],
  { taken, network, signal, afresh }: ToolSourcesOptions,
): Promise<McpTools> {
  const { configDir, mcpFile, describedServersFile } = host.paths;
  if (!existsSync(mcpFile)) return noServers;
  const config = readConfig(mcpFile);
  if (config.problem !== undefined) return { ...noServers, problems: [`${mcpFile}: ${config.problem}`] };
  const { connectMcp, readMcpServers } = await import('../tools/mcp/index.ts');
  const { servers, problems } = readMcpServers(config.value, host.environment);
  const descriptions = openToolDescriptions(describedServersFile);
  try {
    const connected = await connectMcp(servers, {
      // It is there, since mcp.json lies in it.
      folder: configDir,
      environment: host.environment,
      signalGroup,
      cache: afresh === undefined ? descriptions : writeOnly(descriptions),
      now: () => Date.now(),
      version,
      fetch: webFetch(network),
      checkSchema,
      ...(asked === 'all' ? {} : { asked }),
      taken: new Set(taken),
      signal,
    });
    const written = problems.map((problem) => `${mcpFile}: ${problem}`);
    return { ...connected, problems: [...written, ...connected.problems] };
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ChatError({ kind: 'aborted' });
  }
}

type Config = { readonly value: Json; readonly problem?: undefined } | { readonly problem: string };

const maxConfigBytes = 1024 * 1024;

/** The file names programs to run: one that somebody else could have written is not read. */
function readConfig(path: string): Config {
  const { problem } = findTrusted(path, { userId: process.getuid?.(), folders: new Map() });
  if (problem !== undefined) return { problem };
  try {
    const value = parseJson(readTextFile(path, { maxBytes: maxConfigBytes }));
    return value === undefined ? { problem: 'it holds no JSON' } : { value };
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    return { problem: error.message };
  }
}

function signalGroup(groupId: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-groupId, signal);
  } catch (error) {
    // Gone; macOS says EPERM for a group whose processes have ended and were not waited for yet.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** Nothing is known from before, and what is learned now is kept. */
function writeOnly(descriptions: ToolDescriptions): ToolDescriptions {
  let written: Json | undefined;
  return {
    read: () => written,
    write(value) {
      written = value;
      descriptions.write(value);
    },
  };
}
