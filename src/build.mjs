/**
 * Bundles src/ into dist/: the pipe path in one chunk, and everything else in chunks that load when they are used.
 * Run by `npm install` (prepare) and `npm test`.
 */

import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
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
  async setup({ onLoad }) {
    const lazy = await lazilyImported();
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

/** All of them, before the first is loaded: a module that another one imports statically may come by that way first. */
async function lazilyImported() {
  const files = (await readdir(`${root}src`, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const found = await Promise.all(
    files.map(async (name) => {
      const path = `${root}src/${name}`;
      const imports = (await readFile(path, 'utf8')).matchAll(/\bimport\(\s*'(\.[^']+)'\s*\)/g);
      return [...imports].map(([, target]) => resolve(dirname(path), target));
    }),
  );
  return new Set(found.flat());
}

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
