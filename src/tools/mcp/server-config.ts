/**
 * MCP servers as Claude Desktop and Cursor write them down:
 *
 *     {"mcpServers": {
 *       "files":  {"command": "npx", "args": ["-y", "some-server"], "env": {"TOKEN": "${env:TOKEN}"}, "cwd": "/data"},
 *       "issues": {"url": "https://mcp.example/mcp", "headers": {"authorization": "Bearer ${ISSUES_TOKEN}"}},
 *       "later":  {"command": "some-server", "disabled": true}
 *     }}
 *
 * A server runs in its "cwd", or else in the folder of banter's settings; "${PWD}" is where banter was started.
 * Our own beside these: `startupTimeoutSec`, and `trust`, which believes a server that calls a tool read-only.
 */

import { isAbsolute } from 'node:path';
import { ChatError, isChatError } from '../../core/error.ts';
import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../../core/json.ts';
import { optional } from '../../core/optional.ts';
import { type Environment, expandVariables, namesSecret } from './expand-variables.ts';

export type McpServer = StdioServer | HttpServer;

interface AnyServer {
  readonly name: string;
  /** How long it may take from its start to the list of its tools. */
  readonly connectMs: number;
  /** Tools that it calls read-only count as safe. */
  readonly trust: boolean;
  /** Values that must not be shown: keys of its environment and headers. */
  readonly secrets: readonly string[];
}

export interface StdioServer extends AnyServer {
  readonly kind: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface HttpServer extends AnyServer {
  readonly kind: 'http';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface McpServers {
  readonly servers: readonly McpServer[];
  /** One sentence for each server that is written down wrongly; the others are not affected. */
  readonly problems: readonly string[];
}

/**
 * `${VAR}`, `${env:VAR}` and `${VAR:-default}` are filled in from `environment`, wherever a text may stand.
 * Disabled servers are left out.
 */
export function readMcpServers(json: Json, environment: Environment): McpServers {
  const entries = isJsonObject(json) ? json.mcpServers : undefined;
  if (!isJsonObject(entries)) return { servers: [], problems: ['there is no object "mcpServers"'] };
  const servers: McpServer[] = [];
  const problems: string[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    try {
      if (!isJsonObject(entry)) throw wrong('is no object');
      if (entry.disabled !== true) servers.push(readServer(name, entry, environment));
    } catch (error) {
      if (!isChatError(error, 'config')) throw error;
      problems.push(`MCP server ${JSON.stringify(name)}: ${error.message}`);
    }
  }
  return { servers, problems };
}

/** The issue of a slow first start is the person's to weigh: a server that hangs holds up every chat. */
const connectBudgetMs = { stdio: 3_000, http: 10_000 } as const;

function readServer(name: string, entry: JsonObject, environment: Environment): McpServer {
  const kind = kindOf(entry);
  const secrets: string[] = [];
  const fill = (text: string): string => expandVariables(text, environment, secrets);
  const fillAll = (field: 'env' | 'headers'): Record<string, string> => {
    const texts = readTexts(entry, field).map(([key, value]): [string, string] => [key, fill(value)]);
    for (const [key, value] of texts) if (namesSecret(key)) secrets.push(value);
    return Object.fromEntries(texts);
  };
  const common = {
    name,
    connectMs: readConnectMs(entry) ?? connectBudgetMs[kind],
    trust: entry.trust === true,
    secrets,
  };
  if (kind === 'http') {
    return { ...common, kind, url: readUrl(fill(readText(entry, 'url'))), headers: fillAll('headers') };
  }
  const cwd = entry.cwd === undefined ? undefined : fill(readText(entry, 'cwd'));
  const command = fill(readText(entry, 'command'));
  // Otherwise the folder that banter happens to be started in would decide what runs.
  if (cwd !== undefined && !isAbsolute(cwd)) throw wrong('"cwd" has to be an absolute path');
  if (cwd === undefined && command.includes('/') && !isAbsolute(command)) {
    throw wrong('"command" has to be a name on the PATH or an absolute path');
  }
  return { ...common, kind, command, args: readArgs(entry).map(fill), env: fillAll('env'), ...optional('cwd', cwd) };
}

const httpTypes: readonly unknown[] = [undefined, 'http', 'streamable-http', 'streamableHttp'];

function kindOf({ type, command, url }: JsonObject): McpServer['kind'] {
  if (type === 'sse') throw wrong('SSE, the transport of 2024, is not spoken here; most servers offer streamable HTTP');
  if (command !== undefined && url !== undefined) throw wrong('has both "command" and "url"; which one is it?');
  if (command !== undefined && (type === undefined || type === 'stdio')) return 'stdio';
  if (url !== undefined && httpTypes.includes(type)) return 'http';
  if (command === undefined && url === undefined) throw wrong('has neither "command" nor "url"');
  throw wrong(`"type" ${JSON.stringify(type)} does not go with its other fields`);
}

function readText(entry: JsonObject, field: string): string {
  const text = nonEmptyString(entry[field]);
  if (text === undefined) throw wrong(`"${field}" has to be a text`);
  return text;
}

function readArgs({ args = [] }: JsonObject): readonly string[] {
  if (!Array.isArray(args)) throw wrong('"args" has to be a list of texts');
  return args.map((arg: Json) => {
    if (typeof arg !== 'string') throw wrong('"args" has to be a list of texts');
    return arg;
  });
}

function readTexts(entry: JsonObject, field: string): [string, string][] {
  const texts = entry[field] ?? {};
  if (!isJsonObject(texts)) throw wrong(`"${field}" has to be an object of texts`);
  return Object.entries(texts).map(([key, value]) => {
    // Numbers and booleans are what people write for a port or a switch.
    if (value === undefined || typeof value === 'object') throw wrong(`"${field}.${key}" has to be a text`);
    return [key, String(value)];
  });
}

function readConnectMs({ startupTimeoutSec }: JsonObject): number | undefined {
  if (startupTimeoutSec === undefined) return undefined;
  if (typeof startupTimeoutSec === 'number' && startupTimeoutSec > 0 && startupTimeoutSec <= 600) {
    return startupTimeoutSec * 1000;
  }
  throw wrong('"startupTimeoutSec" has to be a number of seconds, at most 600');
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw wrong('"url" has to begin with http:// or https://');
  if (url.username !== '' || url.password !== '') throw wrong('"url" holds a password; put it under "headers"');
  return url.href;
}

function wrong(what: string): ChatError {
  return new ChatError({ kind: 'config', what });
}
