/** A folder of its own for each test, and programs built from the sources to run beside it. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { type Paths, resolvePaths } from '../../src/store/paths.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'banter-store-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryPaths(): Paths {
  return resolvePaths({ BANTER_HOME: join(temporaryFolder(), 'banter') }, '');
}

/** Bundles a program of this folder, since starting many of them through a compiler would take long. */
export function buildProgram(name: string): string {
  const outfile = join(temporaryFolder(), `${name}.mjs`);
  buildSync({
    entryPoints: [join(dirname(fileURLToPath(import.meta.url)), 'programs', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // Packages of the older kind call require().
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  /** Ends its stdin, which a program may wait for. */
  start(): void;
  /** The lines of its stdout, as they come. */
  readonly lines: AsyncIterable<string>;
  /** Its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
}

export function runProgram(program: string, ...args: readonly string[]): RunningProgram {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { child, start: () => child.stdin.end(), lines: createInterface({ input: child.stdout }), ended };
}

/** A disk of 64 KiB, or why there is none. */
export function mountSmallDisk(): Paths | string {
  const folder = mkdtempSync(join(tmpdir(), 'banter-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    return `no small disk can be mounted here: ${error instanceof Error ? error.message : error}`;
  }
  after(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return resolvePaths({ BANTER_HOME: folder }, '');
}
