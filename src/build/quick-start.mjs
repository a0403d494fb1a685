/**
 * What packages do while they load and the prompt can do without, put off until it is needed. Each is a small change
 * of a package's source on its way into the bundle; one that no longer finds its place fails the build.
 */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const quickSegmenter = fileURLToPath(new URL('../terminal/quick-segmenter.ts', import.meta.url));

const changes = [
  {
    // It reads its WebAssembly from a data URL, with fetch where there is one, and the first use of fetch makes Node
    // load undici: 25 to 30 ms. Without fetch it decodes the text itself.
    filter: /[\\/]yoga-layout[\\/]dist[\\/]binaries[\\/]yoga-wasm-base64-esm\.js$/,
    find: /^/,
    replacement: "const fetch = undefined, atob = (text) => Buffer.from(text, 'base64').toString('latin1');\n",
  },
  {
    // This class of characters takes 14 ms to make, and only what is not ASCII is ever held against it.
    filter: /[\\/]string-width[\\/]index\.js$/,
    find: /^const (\w+) = (\/.*\\p\{RGI_Emoji\}.*\/v);$/m,
    replacement:
      'let made_$1; const $1 = { test: (text) => (made_$1 ??= $2).test(text), exec: (text) => (made_$1 ??= $2).exec(text) };',
  },
  {
    // Ink segments every row of every frame with it.
    filter:
      /[\\/](?:ansi-tokenize[\\/]build[\\/]tokenize|string-width[\\/]index|wrap-ansi[\\/]index|ink[\\/]build[\\/]line-update)\.js$/,
    find: /new Intl\.Segmenter\(/g,
    replacement: 'new QuickSegmenter(',
    head: `import { QuickSegmenter } from ${JSON.stringify(quickSegmenter)};\n`,
  },
];

export const quickStart = {
  name: 'quick-start',
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(changes.map(({ filter }) => filter.source).join('|')) }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const { filter, find, replacement, head = '' } of changes) {
        if (!filter.test(path)) continue;
        if (contents.search(find) === -1) throw new Error(`${path} is not as it was: ${find} is not in it`);
        contents = head + contents.replace(find, replacement);
      }
      return { contents, loader: 'js' };
    });
  },
};
