/** The arrows of the design (CONTRIBUTING.md, "The rooms"): who may import whom, and what the pipe path loads. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Rule {
  readonly rooms: readonly string[];
  /** Packages and `node:` modules. */
  readonly packages: readonly string[];
}

const everything: Rule = {
  rooms: ['core', 'wire', 'providers', 'tools', 'session', 'store', 'terminal', 'print', 'ui', 'cli'],
  packages: ['*'],
};

const rules: Readonly<Record<string, Rule>> = {
  core: { rooms: [], packages: [] },
  wire: {
    rooms: ['core'],
    packages: [
      'eventsource-parser',
      'node:http',
      'node:https',
      'node:zlib',
      'node:net',
      'node:tls',
      'node:stream',
      'node:timers',
    ],
  },
  providers: { rooms: ['core', 'wire'], packages: [] },
  tools: {
    rooms: ['core'],
    packages: [
      ...['node:child_process', 'node:crypto', 'node:dns', 'node:fs', 'node:fs/promises', 'node:net', 'node:path'],
      ...['node:stream', 'node:timers', 'node:url', 'node:worker_threads'],
    ],
  },
  session: { rooms: ['core'], packages: [] },
  store: {
    rooms: ['core'],
    packages: ['node:fs', 'node:fs/promises', 'node:path', 'node:crypto', 'conf', 'proper-lockfile'],
  },
  terminal: { rooms: ['core'], packages: ['chalk', 'marked', 'string-width'] },
  print: { rooms: ['core', 'terminal'], packages: ['csv-stringify', 'yaml'] },
  ui: { rooms: ['core', 'terminal'], packages: ['ink', 'react'] },
  cli: everything,
};

/** Files that may import what their room may not. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  'session/validate.ts': ['ajv', 'ajv-formats'],
  // Only there can a regular expression be stopped.
  'session/timed.ts': ['node:vm'],
  'tools/fetch-url/to-text.ts': ['html-to-text'],
  'terminal/code/languages.ts': ['highlight.js'],
  // Types of the tokens that terminal/ reads.
  'print/html/link.ts': ['marked'],
  'print/html/markdown.ts': ['marked'],
  'tools/fetch-url/public-address.ts': ['ipaddr.js'],
  // It connects only to addresses that it has checked, which no other request of ours does.
  'tools/fetch-url/fetch-page.ts': ['node:http', 'node:tls'],
  'tools/fetch-url/get.ts': ['node:http', 'node:https', 'node:tls', 'node:zlib'],
  'tools/mcp/connection.ts': ['@modelcontextprotocol/sdk'],
  'tools/mcp/index.ts': ['@modelcontextprotocol/sdk'],
  'tools/mcp/link.ts': ['@modelcontextprotocol/sdk'],
  'tools/mcp/server-process.ts': ['@modelcontextprotocol/sdk'],
  'tools/mcp/watch-answers.ts': ['@modelcontextprotocol/sdk'],
};

interface Import {
  readonly from: string;
  readonly names: string;
  readonly lazy: boolean;
  readonly typeOnly: boolean;
}

const sources = new Map(
  readdirSync(join(root, 'src'), { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [name, stripComments(readFileSync(join(root, 'src', name), 'utf8'))]),
);

test('the rooms exist and no source lies outside them', () => {
  assert.ok(sources.size > 50);
  for (const name of sources.keys()) assert.ok(roomOf(name) in rules, `${name} lies in no room`);
});

test('every import goes along an arrow of the table', () => {
  const wrong: string[] = [];
  for (const [name, source] of sources) {
    const rule = rules[roomOf(name)] ?? everything;
    for (const { from } of importsOf(source)) {
      if (name === 'cli/version.ts' && from === '../../package.json') continue;
      if (from.startsWith('.')) {
        const room = roomOf(resolveImport(name, from));
        if (room !== roomOf(name) && !rule.rooms.includes(room)) wrong.push(`${name} imports ${from}`);
      } else if (!allows(rule, from) && !allowsPackage(exceptions[name] ?? [], from)) {
        wrong.push(`${name} imports ${from}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

/** Provider folders that build on another. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  // Xinference speaks OpenAI's protocol, but for its list of models.
  xinference: ['openai'],
};

test('one provider folder does not import another', () => {
  const wrong: string[] = [];
  for (const [name, source] of sources) {
    const folder = /^providers\/([^/]+)\//.exec(name)?.[1];
    if (folder === undefined) continue;
    for (const { from } of importsOf(source)) {
      const other = from.startsWith('.') ? /^providers\/([^/]+)\//.exec(resolveImport(name, from))?.[1] : undefined;
      const isAllowed = other === undefined || other === folder || mayImport[folder]?.includes(other);
      if (!isAllowed) wrong.push(`${name} imports ${from}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('what the provider folders share knows none of them but prompts, which knows no other', () => {
  const wrong: string[] = [];
  for (const [name, source] of sources) {
    if (!/^providers\/[^/]+\.ts$/.test(name) || name === 'providers/index.ts') continue;
    for (const { from } of importsOf(source)) {
      const folder = from.startsWith('.') ? /^providers\/([^/]+)\//.exec(resolveImport(name, from))?.[1] : undefined;
      if (folder !== undefined && folder !== 'prompts') wrong.push(`${name} imports ${from}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('what loads before a one-shot request contains no screen, settings writer, validator or markdown', () => {
  const heavy = [
    'ink',
    'react',
    'conf',
    'proper-lockfile',
    'ajv',
    'ajv-formats',
    'marked',
    'chalk',
    'string-width',
    'yaml',
    'csv-stringify',
    '@modelcontextprotocol/sdk',
    'html-to-text',
    'ipaddr.js',
    'highlight.js',
  ];
  const seen = new Set<string>();
  const loaded: string[] = [];
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const source = sources.get(name);
    assert.ok(source !== undefined, `${name} does not exist`);
    for (const { from, lazy, typeOnly } of importsOf(source)) {
      if (lazy || typeOnly) continue;
      if (from.endsWith('.json')) continue;
      if (from.startsWith('.')) visit(resolveImport(name, from));
      else if (allowsPackage(heavy, from)) loaded.push(`${name} loads ${from}`);
    }
  };
  visit('cli/main.ts');
  assert.ok(seen.has('cli/one-shot.ts') && seen.has('providers/openai/index.ts') && seen.has('session/turn.ts'));
  assert.deepEqual(loaded, []);
  assert.deepEqual(
    [...seen].filter((name) => name.startsWith('ui/')),
    [],
  );
});

/** The process they speak of is another one: the text of a program that is run in it. */
const otherProcesses: readonly string[] = ['tools/user/module-source.ts'];

test('only cli sees the process', () => {
  const wrong = [...sources]
    .filter(([name]) => roomOf(name) !== 'cli' && !otherProcesses.includes(name))
    // `server-process.ts` is a file.
    .filter(([, source]) => /(?<![\w-])process\s*[.[]|\bglobalThis\.process\b|['"](?:node:)?process['"]/.test(source))
    .map(([name]) => name);
  assert.deepEqual(wrong, []);
});

test('only terminal declares text safe, and only the raw answer writer lets text through as it is', () => {
  const users = (name: string): string[] =>
    [...sources].filter(([, source]) => new RegExp(`\\b${name}\\b`).test(source)).map(([file]) => file);
  assert.deepEqual(
    users('markSafe').filter((file) => roomOf(file) !== 'terminal'),
    [],
  );
  assert.deepEqual(
    users('trustedAsIs').filter((file) => roomOf(file) !== 'terminal'),
    ['print/answer.ts'],
  );
  const casts = [...sources]
    .filter(([, source]) => /\bas (?:unknown as )?SafeText\b/.test(source))
    .map(([file]) => file);
  assert.deepEqual(casts, ['terminal/safe.ts']);
});

test('only one file of ui draws with the Text of Ink, so that everything drawn is SafeText', () => {
  const wrong = [...sources]
    .filter(([, source]) => importsOf(source).some(({ from, names }) => from === 'ink' && /\bText\b/.test(names)))
    .map(([name]) => name);
  assert.deepEqual(wrong, ['ui/text.tsx']);
});

test('no source leaves something for later or swallows a failure', () => {
  const wrong = [...sources]
    .filter(([, source]) =>
      /: any\b|\bas any\b|@ts-ignore|@ts-expect-error|catch\s*(?:\([^)]*\))?\s*\{\s*\}/.test(source),
    )
    .map(([name]) => name);
  assert.deepEqual(wrong, []);
});

function importsOf(source: string): Import[] {
  const found: Import[] = [];
  for (const match of source.matchAll(/^(?:import|export)\s+(type\s+)?([^;'"]*?)\s*from\s*['"]([^'"]+)['"]/gm)) {
    found.push({ from: match[3] ?? '', names: match[2] ?? '', lazy: false, typeOnly: match[1] !== undefined });
  }
  for (const match of source.matchAll(/^import\s*['"]([^'"]+)['"]/gm)) {
    found.push({ from: match[1] ?? '', names: '', lazy: false, typeOnly: false });
  }
  for (const match of source.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g)) {
    found.push({ from: match[2] ?? '', names: '', lazy: true, typeOnly: match[1] !== undefined });
  }
  return found;
}

function stripComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function roomOf(name: string): string {
  return name.split('/')[0] ?? '';
}

function resolveImport(importer: string, from: string): string {
  return normalize(join(dirname(importer), from)).replaceAll('\\', '/');
}

function allows(rule: Rule, from: string): boolean {
  return rule.packages.includes('*') || allowsPackage(rule.packages, from);
}

function allowsPackage(packages: readonly string[], from: string): boolean {
  return packages.some((name) => from === name || from.startsWith(`${name}/`));
}
