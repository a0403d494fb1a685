/**
 * What servers said about their tools the last time, so that a run that calls none of them starts no server; and which
 * failed, so that one that hangs does not hold up every run:
 *
 *     { "version": 1, "servers": { "5d41…": { "at": 1795255200000, "tools": [{…}] },
 *                                  "9e10…": { "at": 1795255200000, "problem": "MCP server …" } } }
 */

import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../../core/json.ts';
import { type DescribedTool, readDescribedTool } from './described-tool.ts';
import type { McpServer } from './server-config.ts';

/** One JSON value that outlives the run. Losing it costs a start of the servers, nothing else: neither function throws. */
export interface Cache {
  read(): Json | undefined;
  write(value: Json): void;
}

export interface ToolCache {
  get(server: McpServer): readonly DescribedTool[] | undefined;
  put(server: McpServer, tools: readonly DescribedTool[]): void;
  /** Why it gave no tools less than ten minutes ago. */
  getProblem(server: McpServer): string | undefined;
  putProblem(server: McpServer, problem: string): void;
}

/** A server whose tools are never called is never asked again before. */
const maxAgeMs = 7 * 24 * 60 * 60 * 1000;
const maxProblemAgeMs = 10 * 60 * 1000;
const version = 1;

/** @param now  wall-clock milliseconds */
export function toolCache(cache: Cache, now: () => number): ToolCache {
  const find = (key: string): Entry | undefined => readEntries(cache, now)[key];
  const keep = (key: string, said: JsonObject): void =>
    cache.write({ version, servers: { ...readEntries(cache, now), [key]: { at: now(), ...said } } });
  return {
    get(server) {
      const tools = find(keyOf(server))?.tools;
      return Array.isArray(tools) ? tools.flatMap((tool: Json) => readDescribedTool(tool)?.tool ?? []) : undefined;
    },
    put: (server, tools) => keep(keyOf(server), { tools }),
    getProblem: (server) => nonEmptyString(find(problemKeyOf(server))?.problem),
    putProblem: (server, problem) => keep(problemKeyOf(server), { problem }),
  };
}

interface Entry extends JsonObject {
  readonly at: number;
}

function readEntries(cache: Cache, now: () => number): Readonly<Record<string, Entry>> {
  const value = cache.read();
  if (!isJsonObject(value) || value.version !== version || !isJsonObject(value.servers)) return {};
  const entries: Record<string, Entry> = {};
  for (const [key, entry] of Object.entries(value.servers)) {
    if (!isJsonObject(entry) || typeof entry.at !== 'number') continue;
    // A time in the future is from a clock that was wrong.
    const ageMs = now() - entry.at;
    const limitMs = entry.problem === undefined ? maxAgeMs : maxProblemAgeMs;
    if (ageMs >= 0 && ageMs < limitMs) entries[key] = { ...entry, at: entry.at };
  }
  return entries;
}

/** All that decides which tools a server offers; another token may be another person's. */
function keyOf(server: McpServer): string {
  const { name: _name, connectMs: _connectMs, trust: _trust, secrets: _secrets, ...deciding } = server;
  return createHash('sha256').update(JSON.stringify(deciding)).digest('hex');
}

/** With what a problem depends on besides: the time it got, and the name that stands in the sentence. */
function problemKeyOf(server: McpServer): string {
  return createHash('sha256')
    .update(JSON.stringify([server.name, server.connectMs, keyOf(server)]))
    .digest('hex');
}
