/** One conversation with one MCP server, from its start to the list of its tools and on to its end. */

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { McpError, ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { type Json, type JsonObject, type JsonSchema, nonEmptyString } from '../../core/json.ts';
import { redact } from '../../core/redact.ts';
import { type DescribedTool, type LeftOut, readDescribedTool } from './described-tool.ts';
import { createLink, type LinkOptions, messageOf } from './link.ts';
import { LostConnection } from './lost-connection.ts';
import type { McpServer } from './server-config.ts';
import { untilAborted } from './until-aborted.ts';
import { lostAnswer } from './watch-answers.ts';

export interface ConnectionOptions extends LinkOptions {
  /** Of banter, which servers are told. */
  readonly version: string;
  /** What is wrong with a schema. */
  readonly checkSchema: (schema: JsonSchema) => Promise<string | undefined>;
}

/** What a server offers. */
export interface Offer {
  readonly tools: readonly DescribedTool[];
  readonly leftOut: readonly LeftOut[];
}

export interface Connection extends Offer {
  /**
   * The protocol's result, not yet looked at.
   * @throws LostConnection when this connection is of no further use; any other Error for this call alone
   */
  call(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  isLost(): boolean;
  /** Never rejects. */
  close(): Promise<void>;
  /** At once, for the end of the program. */
  kill(): void;
}

/**
 * @param signal  ends a server that is still being connected, at once
 * @throws LostConnection with words that go on after the server's name: `did not answer within 3 s`
 */
export async function openConnection(
  server: McpServer,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Connection> {
  if (signal.aborted) throw new LostConnection(messageOf(signal.reason), { cause: signal.reason });
  const link = createLink(server, options);
  const client = new Client({ name: 'banter', version: options.version }, { capabilities: {} });
  let isLost = false;
  client.onclose = () => {
    isLost = true;
  };

  const stop = new AbortController();
  const giveUp = (): void => stop.abort(new Error(`did not answer within ${server.connectMs / 1000} s`));
  const timer = setTimeout(giveUp, server.connectMs);
  const onAbort = (): void => {
    stop.abort(signal.reason);
    link.kill();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await untilAborted(client.connect(link.transport, { timeout: longestTimerMs }), stop.signal);
    return {
      ...(await untilAborted(listTools(client, options.checkSchema), stop.signal)),
      call,
      isLost: () => isLost,
      close,
      kill: link.kill,
    };
  } catch (error) {
    const explained = lost(error);
    await close();
    throw explained;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }

  function lost(error: unknown): LostConnection {
    const { how, notRun } = error === stop.signal.reason ? { how: messageOf(error) } : link.explain(error);
    const said = link.said();
    const message = said === '' ? how : `${how}; it wrote: ${said}`;
    return new LostConnection(redact(message, server.secrets), { notRun, cause: error });
  }

  async function call(tool: string, args: JsonObject, callSignal: AbortSignal): Promise<JsonObject> {
    const params = { name: tool, arguments: { ...args } };
    try {
      const request = client.request({ method: 'tools/call', params }, ResultSchema, {
        signal: callSignal,
        timeout: longestTimerMs,
      });
      // The result was read from JSON, of which the schema only asked that it is an object.
      return (await request) as JsonObject;
    } catch (error) {
      if (callSignal.aborted) throw callSignal.reason;
      // An answer of the server's: it lives, and this call was wrong.
      if (error instanceof McpError && !isLost && error.data !== lostAnswer) {
        throw new Error(redact(error.message, server.secrets));
      }
      isLost = true;
      throw lost(error);
    }
  }

  async function close(): Promise<void> {
    isLost = true;
    await link.goodbye();
    await client.close();
    await link.transport.close();
  }
}

/** setTimeout fires at once for anything longer. The limit of a call is its signal. */
const longestTimerMs = 2 ** 31 - 1;
const maxPages = 100;
const maxTools = 1_000;

async function listTools(client: Client, checkSchema: ConnectionOptions['checkSchema']): Promise<Offer> {
  const tools: DescribedTool[] = [];
  const leftOut: LeftOut[] = [];
  if (client.getServerCapabilities()?.tools === undefined) return { tools, leftOut };
  let cursor: string | undefined;
  for (let page = 0; page < maxPages && tools.length < maxTools; page++) {
    const request = { method: 'tools/list' as const, params: cursor === undefined ? {} : { cursor } };
    const result = await client.request(request, ResultSchema);
    const listed: readonly Json[] = Array.isArray(result.tools) ? result.tools : [];
    for (const read of listed.map(readDescribedTool)) {
      if (read?.tool === undefined) {
        if (read !== undefined) leftOut.push(read.leftOut);
        continue;
      }
      const problem = await checkSchema(read.tool.inputSchema);
      if (problem === undefined) tools.push(read.tool);
      else leftOut.push({ name: read.tool.name, problem });
    }
    cursor = nonEmptyString(result.nextCursor);
    if (cursor === undefined) break;
  }
  return { tools, leftOut };
}
