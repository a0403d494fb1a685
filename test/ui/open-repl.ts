/** The REPL of harness.tsx on a pty, bundled once for the tests of a file: it starts in half the time. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { openTerminal, type Terminal } from '../support/pty.ts';

export interface ReplSize {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly background?: string;
  readonly delayMs?: number;
}

/** The program, for a shell to start. */
export const program = bundle();

/** Resolves when the prompt is there; hung up when the calling test is over. */
export async function openRepl({ columns = 80, rows = 24, env = {}, ...answers }: ReplSize = {}): Promise<Terminal> {
  const terminal = await openTerminal({ command: process.execPath, args: [program], columns, rows, env, ...answers });
  after(() => terminal.close());
  await terminal.waitFor(/test|help/);
  return terminal;
}

/** The row with the caret, which is the prompt's. */
export function promptRow(terminal: Terminal): string {
  return terminal.screen()[terminal.cursor().y] ?? '';
}

export function isIdle(terminal: Terminal): boolean {
  return terminal.screen().some((row) => /\| (\/help|Enter sends)$/.test(row));
}

function bundle(): string {
  const folder = mkdtempSync(join(tmpdir(), 'banter-repl-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  buildSync({
    entryPoints: [fileURLToPath(new URL('harness.tsx', import.meta.url))],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    splitting: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react-devtools-core'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return join(folder, 'harness.mjs');
}
