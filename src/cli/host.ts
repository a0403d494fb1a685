/** Everything the program takes from the process it runs in. Made once, here; the rest gets what it needs of it. */

import { homedir } from 'node:os';
import { type Paths, resolvePaths } from '../store/paths.ts';
import type { Environment } from './resolve-server.ts';
import { hasStdin } from './stdin.ts';
import { type ProcessOutput, processOutput } from './streams.ts';

export interface Host {
  readonly environment: Environment;
  readonly paths: Paths;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly out: ProcessOutput;
  readonly err: ProcessOutput;
  /** A person sits at both ends: stdin and stdout are a terminal. */
  readonly terminal: boolean;
  hasStdin(): boolean;
  /** Monotonic milliseconds. */
  now(): number;
  /** Aborts when the reader of stdout has gone away, or stdout can no longer be written. */
  readonly outputEnded: AbortSignal;
  flush(): Promise<void>;
}

export function createHost(from: NodeJS.Process): Host {
  const ended = new AbortController();
  const out = processOutput(from.stdout, () => ended.abort());
  // A reader of stderr that goes away must not end the answer.
  const err = processOutput(from.stderr, () => {});
  let paths: Paths | undefined;
  return {
    environment: from.env,
    get paths() {
      // Not before it is asked for: without a home folder it throws, and that has to be reported.
      paths ??= resolvePaths(from.env, homedir());
      return paths;
    },
    stdin: from.stdin,
    stdout: from.stdout,
    stderr: from.stderr,
    out,
    err,
    terminal: from.stdin.isTTY === true && from.stdout.isTTY === true,
    hasStdin,
    now: () => performance.now(),
    outputEnded: ended.signal,
    async flush() {
      await out.flush();
      await err.flush();
    },
  };
}
