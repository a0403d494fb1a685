/** A folder of tools in a temporary place, and what loading needs. */

import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Json } from '../../../src/core/json.ts';
import { type Host, loadUserTools, type UserTools, type UserToolsOptions } from '../../../src/tools/user/index.ts';

export const host: Host = {
  platform: process.platform,
  userId: process.getuid?.(),
  nodePath: process.execPath,
  nodeVersion: process.versions.node,
  environment: process.env,
  kill: (processId, signal) => {
    process.kill(processId, signal);
  },
};

/** Removed after the test. */
export function makeFolder(t: TestContext): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'banter-tools-')));
  t.after(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, 'tools');
  mkdirSync(folder);
  return folder;
}

export function write(folder: string, name: string, text: string, mode = 0o644): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** A module whose function has this body; `args` and `signal` are there. */
export function moduleText(name: string, body: string, more = ''): string {
  return `export default {
  name: ${JSON.stringify(name)}, description: 'For a test.', parameters: { type: 'object' }, ${more}
  async run(args, { signal }) { ${body} },
};\n`;
}

export const shellDescription = (name: string): string =>
  JSON.stringify({ name, description: 'For a test.', parameters: { type: 'object' } });

/** A shell script that describes itself and otherwise does `body`. */
export function scriptText(name: string, body: string): string {
  return `#!/bin/sh\nif [ "$1" = --describe ]; then echo '${shellDescription(name)}'; exit; fi\n${body}\n`;
}

export interface Store {
  saved: Json | undefined;
  writes: number;
  read(): Json | undefined;
  write(value: Json): void;
}

export function memoryStore(): Store {
  return {
    saved: undefined,
    writes: 0,
    read() {
      return this.saved;
    },
    write(value) {
      this.saved = value;
      this.writes += 1;
    },
  };
}

export async function load(t: TestContext, folder: string, more: Partial<UserToolsOptions> = {}): Promise<UserTools> {
  const loaded = await loadUserTools({
    folder,
    files: [],
    taken: ['get_time'],
    descriptions: memoryStore(),
    host,
    clock: () => new Date('2026-11-21T10:00:00Z'),
    checkSchema: async () => undefined,
    ...more,
  });
  t.after(() => loaded.close());
  return loaded;
}

/** Runs the only tool there is. */
export async function runOnly(loaded: UserTools, args = {}, signal = new AbortController().signal): Promise<unknown> {
  const [tool, another] = loaded.tools;
  if (tool === undefined || another !== undefined) throw new Error(`expected one tool: ${loaded.problems.join('; ')}`);
  return tool.run(args, { signal });
}
