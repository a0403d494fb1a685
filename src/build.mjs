/**
 * Bundles src/ into dist/: the pipe path in one chunk, and everything else in chunks that load when they are used.
 * Run by `npm install` (prepare) and `npm test`.
 */

import { readFile, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { quickStart } from './build/quick-start.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * esbuild makes a chunk for every set of entry points that share a module, and each dynamic import is an entry
 * point: the pipe path would lie in a dozen small files, at about 1 ms each before the first request. So every
 * lazily imported module of ours is made to import the whole pipe path, which is loaded by then anyway: all of
 * it is shared by the same set and becomes one chunk.
 */
const onePipeChunk = {
  name: 'one-pipe-chunk',
  setup({ onLoad, onResolve, resolve }) {
    const lazy = new Set();
    onResolve({ filter: /^\.\.?\// }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (kind !== 'dynamic-import' || pluginData === onePipeChunk || !importer.startsWith(`${root}src`)) return;
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: onePipeChunk });
      lazy.add(found.path);
      return found;
    });
    onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => {
      if (!lazy.has(path)) return;
      const source = await readFile(path, 'utf8');
      return {
        contents: `${source}\nimport ${JSON.stringify(`${root}src/cli/program.ts`)};`,
        loader: extname(path).slice(1),
      };
    });
  },
};

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  // Ink loads it only when DEV=true; it is a peer dependency that is not installed.
  external: ['react-devtools-core'],
  // CommonJS packages inside the bundle (ajv, proper-lockfile) call require for Node's own modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  plugins: [onePipeChunk, quickStart],
  logLevel: 'warning',
});
