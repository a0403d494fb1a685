/**
 * The stdio transport: a server is a process, a message a line of JSON.
 *
 *     stdin   {"jsonrpc":"2.0","id":0,"method":"initialize","params":{...}}
 *     stdout  {"jsonrpc":"2.0","id":0,"result":{...}}
 *     stderr  whatever it likes
 *
 * Our own and not the SDK's, which starts no process group, copies a long line once for every chunk of it, waits for
 * the pipes of a dead server as long as a grandchild holds them, and hands on the environment by a list of its own.
 * @see https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { isJsonObject, parseJson } from '../../core/json.ts';
import { lineSplitter } from './lines.ts';
import type { StdioServer } from './server-config.ts';

/** A server with the folder it runs in. */
export type PlacedServer = StdioServer & { readonly cwd: string };

/** Sends a signal to a whole process group; that the group is gone is no error. */
export type SignalGroup = (groupId: number, signal: 'SIGTERM' | 'SIGKILL') => void;

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly signalGroup: SignalGroup;
}

export interface ServerProcess extends Transport {
  /** How it ended, in words that go on after its name: `ended with 1`. */
  ending(): string | undefined;
  /** The last it said beside the protocol, on one line; '' when it was silent. */
  said(): string;
  /** At once, without waiting. */
  kill(): void;
}

const maxLineBytes = 16 * 1024 * 1024;
const keptCharacters = 600;
/** An answer given just before the end is still in the pipe then; a grandchild may hold it open for ever. */
const drainMs = 200;
/** For closing its stdin to be noticed, and then for SIGTERM. */
const graceMs = 500;

export function serverProcess(server: PlacedServer, { environment, signalGroup }: ProcessOptions): ServerProcess {
  let child: ChildProcessWithoutNullStreams | undefined;
  let ending: string | undefined;
  let isClosed = false;
  let said = '';
  let onEnd = (): void => {};
  const ended = new Promise<void>((resolve) => {
    onEnd = resolve;
  });

  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (child?.pid !== undefined && !isClosed) signalGroup(child.pid, name);
  };
  const finish = (): void => {
    if (isClosed) return;
    // What it started itself must not outlive it.
    signal('SIGKILL');
    isClosed = true;
    child?.stdout.destroy();
    child?.stderr.destroy();
    onEnd();
    transport.onclose?.();
  };
  const hear = (text: string): void => {
    said = (said + text).slice(-keptCharacters);
  };
  const onLine = (line: string): void => {
    const message = parseJson(line);
    // The protocol sorts and checks messages by its own schemas; that this is one is all it asks.
    if (isJsonObject(message) && message.jsonrpc === '2.0') transport.onmessage?.(message as unknown as JSONRPCMessage);
    else if (line.trim() !== '') hear(`${line.slice(0, keptCharacters)}\n`);
  };
  const onTooLong = (): void => {
    ending ??= `sent a message of more than ${maxLineBytes / 1024 / 1024} MiB`;
    finish();
  };

  const transport: ServerProcess = {
    start: () =>
      new Promise((resolve, reject) => {
        const { command, args, cwd } = server;
        child = spawn(command, args, { cwd, env: environment, stdio: 'pipe', detached: true, windowsHide: true });
        child.once('spawn', resolve);
        child.once('error', (error: NodeJS.ErrnoException) => {
          ending ??= `could not be started: ${describeStart(error, server)}`;
          finish();
          reject(error);
        });
        child.once('exit', (code, name) => {
          ending ??= code === null ? `was ended by ${name}` : `ended with ${code}`;
          setTimeout(finish, drainMs).unref();
        });
        child.once('close', finish);
        child.stdout.on('data', lineSplitter({ maxBytes: maxLineBytes, onLine, onTooLong }));
        child.stderr.setEncoding('utf8').on('data', hear);
        // EPIPE, of a server that is gone: its exit says more.
        child.stdin.on('error', () => {});
      }),
    async send(message) {
      if (child === undefined || isClosed) throw new Error('it is not running');
      // Not waited for: one that does not read is found out by the time limit of the call.
      child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    async close() {
      if (child === undefined || isClosed) return;
      ending ??= 'was stopped';
      child.stdin.end();
      if (await endsWithin(graceMs)) return;
      signal('SIGTERM');
      if (await endsWithin(graceMs)) return;
      finish();
    },
    kill: () => signal('SIGKILL'),
    ending: () => ending,
    said() {
      // Half a word at the beginning could be half a key, which would not be recognised as one.
      const whole = said.length < keptCharacters ? said : said.replace(/^\S*/, '');
      return whole.replaceAll(/\s+/g, ' ').trim();
    },
  };
  return transport;

  function endsWithin(waitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), waitMs);
      ended.then(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}

function describeStart({ code, message }: NodeJS.ErrnoException, { command, cwd }: PlacedServer): string {
  if (code !== 'ENOENT') return message;
  return existsSync(cwd) ? `there is no command ${JSON.stringify(command)}` : `there is no folder ${cwd}`;
}
