/**
 * An MCP server with one oddity, named by its first argument; `none` is a well-behaved one. Its tools do what servers
 * do wrong in the middle of a call.
 */

import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [oddity = 'none', startsFile] = process.argv.slice(2);
if (startsFile !== undefined) appendFileSync(startsFile, `${process.pid}\n`);
let cancellations = 0;

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const text = (value) => ({ content: [{ type: 'text', text: String(value) }] });

const tool = (name, more = {}) => ({ name, description: `does ${name}`, inputSchema: { type: 'object' }, ...more });
const tools = [
  ...[
    'echo',
    'die',
    'hang',
    'big-line',
    'too-long-line',
    'grandchild',
    'cancellations',
    'environment',
    'pid',
    'folder',
  ].map((name) => tool(name)),
  tool('peek', { annotations: { readOnlyHint: true } }),
  tool('untyped', { inputSchema: { properties: { a: { type: 'string' } } } }),
  tool('as-a-task', { execution: { taskSupport: 'required' } }),
  { name: 'without-schema' },
  'no object at all',
];
const unusable = [
  tool('a-text', { inputSchema: { type: 'string' } }),
  tool('from-afar', { inputSchema: { $ref: 'http://evil.test/schema.json' } }),
];

const calls = {
  echo: (args) => text(JSON.stringify(args)),
  peek: () => text('peeked'),
  pid: () => text(process.pid),
  folder: () => text(process.cwd()),
  environment: () => text(JSON.stringify(process.env)),
  cancellations: () => text(cancellations),
  hang: () => undefined,
  die() {
    process.stderr.write('out of memory, said the server\n');
    process.exit(3);
  },
  'big-line': () => text('x'.repeat(10 * 1024 * 1024)),
  'too-long-line'() {
    process.stdout.write('y'.repeat(17 * 1024 * 1024));
    return undefined;
  },
  grandchild() {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    return text(child.pid);
  },
};

const methods = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'odd', version: '1' },
  }),
  'tools/list': ({ cursor }) =>
    oddity === 'endless-pages'
      ? { tools: [tool(`tool-${cursor ?? 0}`)], nextCursor: String(Number(cursor ?? 0) + 1) }
      : { tools: oddity === 'bad-schemas' ? [...tools, ...unusable] : tools },
  'tools/call': ({ name, arguments: args }) => calls[name]?.(args),
};

function answer(line) {
  const { id, method, params } = JSON.parse(line);
  if (method === 'notifications/cancelled') cancellations++;
  if (oddity === 'garbage')
    process.stdout.write('Welcome to the server!\n{"not": "the protocol"}\n\u0007\u0000\n[1,2\n');
  if (id === undefined) return;
  const result = methods[method]?.(params ?? {});
  if (result !== undefined) send({ id, result });
}

switch (oddity) {
  case 'mute':
    process.stderr.write('waiting for a database\n');
    setInterval(() => {}, 1000);
    break;
  case 'crash':
    process.stderr.write('no TOKEN in sight, only tok-secret-value\n');
    process.exitCode = 1;
    break;
  case 'stubborn':
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);
    createInterface({ input: process.stdin }).on('line', answer);
    break;
  case 'noisy':
    process.stderr.write('z'.repeat(5 * 1024 * 1024), () =>
      createInterface({ input: process.stdin }).on('line', answer),
    );
    break;
  default:
    createInterface({ input: process.stdin }).on('line', answer);
}
