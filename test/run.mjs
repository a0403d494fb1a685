/**
 * Runs the test files with Node's own runner, TypeScript through tsx.
 * `node test/run.mjs [part of a path ...]` runs those whose path contains one of the parts; none means all.
 * Node 20 has no glob in `--test`, so the files are listed here.
 */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(`${root}test`, { recursive: true })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((name) => /\.test\.tsx?$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();

if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(' ')}`);
  process.exit(1);
}

// Node's own choice leaves one core idle; most tests wait for a process or a terminal.
const concurrency = Math.max(2, availableParallelism());

const { status } = spawnSync(
  process.execPath,
  [
    ...['--import', 'tsx', '--test', '--test-reporter=spec', '--test-timeout=60000'],
    ...[`--test-concurrency=${concurrency}`, ...files],
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test' },
  },
);
process.exit(status ?? 1);
