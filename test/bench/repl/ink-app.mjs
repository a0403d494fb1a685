/** An Ink app of one line, bundled as the program is: the least that a prompt drawn with Ink can cost. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Returns the path of the bundle. */
export async function bundleInkApp(folder) {
  await build({
    stdin: {
      contents: `import { render, Text, useInput } from 'ink';
const App = () => { useInput(() => {}); return <Text>ready</Text>; };
render(<App />);`,
      loader: 'jsx',
      resolveDir: fileURLToPath(new URL('../../..', import.meta.url)),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What Ink imports only when DEV=true stays in a chunk of its own.
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react-devtools-core'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'error',
  });
  return join(folder, 'stdin.mjs');
}
