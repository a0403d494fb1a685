/** Runs the built program as a user's shell would: a clean environment, a home of its own, real pipes. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../bin/banter.js', import.meta.url));

export interface RunOptions {
  /** Written to stdin, which is then closed; without it stdin is closed at once (an empty pipe). */
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** BANTER_HOME; a fresh one for each run when absent. */
  readonly home?: string;
}

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of the machine's own settings reaches the program: no keys, no proxy, no CI marker, no local server. */
export function cleanEnvironment(home: string, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: home, BANTER_HOME: home, LANG: 'C.UTF-8', TZ: 'UTC', BANTER_LOCAL_PORTS: '', ...extra };
}

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when this process ends: later than any program a test has started in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'banter-test-'));
  folders.push(folder);
  return folder;
}

export function startBanter(args: readonly string[], options: RunOptions = {}): ChildProcessWithoutNullStreams {
  const home = options.home ?? temporaryFolder();
  return spawn(process.execPath, [program, ...args], { env: cleanEnvironment(home, options.env), cwd: home });
}

export async function runBanter(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const child = startBanter(args, options);
  child.stdin.on('error', () => {
    // The program may end before it has read its stdin; its exit code is what the test looks at.
  });
  child.stdin.end(options.stdin ?? '');
  return finished(child);
}

export async function finished(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
