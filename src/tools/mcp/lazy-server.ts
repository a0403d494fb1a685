/** One server that is connected when it is first needed, and again after it died: once. */

import type { JsonObject } from '../../core/json.ts';
import type { Connection, ConnectionOptions, Offer } from './connection.ts';
import type { DescribedTool } from './described-tool.ts';
import { LostConnection } from './lost-connection.ts';
import type { McpServer } from './server-config.ts';
import { untilAborted } from './until-aborted.ts';

export interface LazyServer {
  /** @throws Error with a sentence that names the server */
  describe(): Promise<Offer>;
  /** @throws Error with a sentence that names the server, or the signal's reason */
  call(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject>;
  /** Never rejects. */
  close(): Promise<void>;
  kill(): void;
}

/** Deaths of a process in a row, without a call that went well between them. */
const maxDeaths = 2;

export interface LazyOptions extends ConnectionOptions {
  /** Told what the server offers, each time it was connected. */
  readonly onTools: (tools: readonly DescribedTool[]) => void;
}

export function lazyServer(server: McpServer, options: LazyOptions): LazyServer {
  const closing = new AbortController();
  const named = (what: string): string => `MCP server ${JSON.stringify(server.name)} ${what}`;
  let opening: Promise<Connection> | undefined;
  let open: Connection | undefined;
  let deaths = 0;
  let lastWords = 'it ended by itself';

  async function connect(): Promise<Connection> {
    if (open?.isLost() === true) {
      const lost = open;
      open = undefined;
      opening = undefined;
      deaths++;
      await lost.close();
    }
    // A server over HTTP costs nothing to try, and a network comes back.
    if (opening === undefined && server.kind === 'stdio' && deaths >= maxDeaths) {
      throw new Error(named(`is not started again: ${lastWords}`));
    }
    opening ??= start();
    return opening;
  }

  async function start(): Promise<Connection> {
    try {
      // Loaded only when a server is connected: the SDK costs some 50 ms.
      const { openConnection } = await import('./connection.ts');
      open = await openConnection(server, options, closing.signal);
      options.onTools(open.tools);
      return open;
    } catch (error) {
      opening = undefined;
      deaths++;
      throw new Error(named(keepWords(error)), { cause: error });
    }
  }

  function keepWords(error: unknown): string {
    lastWords = error instanceof Error ? error.message : String(error);
    return lastWords;
  }

  async function attempt(tool: string, args: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const connection = await untilAborted(connect(), signal);
    const result = await connection.call(tool, args, signal);
    deaths = 0;
    return result;
  }

  return {
    describe: connect,
    async call(tool, args, signal) {
      for (let mayRepeat = true; ; mayRepeat = false) {
        try {
          return await attempt(tool, args, signal);
        } catch (error) {
          if (!(error instanceof LostConnection)) throw error;
          if (!mayRepeat || !error.notRun) throw new Error(named(keepWords(error)), { cause: error });
        }
      }
    },
    async close() {
      closing.abort(new Error('was stopped'));
      await opening?.then(
        (connection) => connection.close(),
        () => undefined,
      );
    },
    kill() {
      closing.abort(new Error('was stopped'));
      open?.kill();
    },
  };
}
