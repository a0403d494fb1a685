import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

test('a one-shot request is made from three files: each one more costs about a millisecond', () => {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    const source = readFileSync(path, 'utf8');
    for (const [, target = ''] of source.matchAll(/\b(?:import|from)\s*"(\.[^"]+)"/g)) {
      load(resolve(dirname(path), target));
    }
    // What main.js imports lazily at once is the program itself.
    if (path !== entry) return;
    for (const [, target = ''] of source.matchAll(/\bimport\("(\.[^"]+)"\)/g)) load(resolve(dirname(path), target));
  };
  load(entry);
  assert.ok(loaded.size <= 3, [...loaded].join('\n'));
});
