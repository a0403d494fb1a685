import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../src/core/json.ts';
import { readMcpServers } from '../../../src/tools/mcp/index.ts';

const environment = { ISSUES_TOKEN: 'tok-123456', HOME: '/home/ada', EMPTY: '' };

function problemOf(entry: Json): string {
  const { servers, problems } = readMcpServers({ mcpServers: { one: entry } }, environment);
  assert.deepEqual(servers, []);
  assert.equal(problems.length, 1);
  return problems[0] ?? '';
}

test('a process and an address are read as the common shape has them, with variables filled in', () => {
  const { servers, problems } = readMcpServers(
    {
      mcpServers: {
        files: {
          command: 'npx',
          args: ['-y', 'files', `\${HOME}/data`],
          env: { TOKEN: `\${env:ISSUES_TOKEN}`, PORT: 80, MODE: `\${EMPTY:-fast}` },
          cwd: `\${HOME}`,
        },
        issues: { type: 'http', url: 'https://mcp.example/mcp', headers: { Authorization: `Bearer \${ISSUES_TOKEN}` } },
        later: { command: 'x', disabled: true },
      },
    },
    environment,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(servers, [
    {
      kind: 'stdio',
      name: 'files',
      connectMs: 3_000,
      trust: false,
      secrets: ['tok-123456', 'tok-123456'],
      command: 'npx',
      args: ['-y', 'files', '/home/ada/data'],
      env: { TOKEN: 'tok-123456', PORT: '80', MODE: 'fast' },
      cwd: '/home/ada',
    },
    {
      kind: 'http',
      name: 'issues',
      connectMs: 10_000,
      trust: false,
      secrets: ['tok-123456', 'Bearer tok-123456'],
      url: 'https://mcp.example/mcp',
      headers: { Authorization: 'Bearer tok-123456' },
    },
  ]);
});

test('each thing that is written down wrongly is one sentence that names the server', () => {
  assert.match(problemOf({ type: 'sse', url: 'http://h/sse' }), /^MCP server "one": SSE, the transport of 2024/);
  assert.match(problemOf({}), /neither "command" nor "url"/);
  assert.match(problemOf({ command: 'x', url: 'http://h' }), /both "command" and "url"/);
  assert.match(problemOf({ type: 'websocket', url: 'ws://h' }), /"type" "websocket" does not go with/);
  assert.match(problemOf({ command: 7 }), /"command" has to be a text/);
  assert.match(problemOf({ command: 'x', args: 'y' }), /"args" has to be a list/);
  assert.match(problemOf({ command: 'x', args: [1] }), /"args" has to be a list/);
  assert.match(problemOf({ command: 'x', env: { A: {} } }), /"env.A" has to be a text/);
  assert.match(problemOf({ command: 'x', env: { A: `\${MISSING}` } }), /variable MISSING is not set/);
  assert.match(problemOf({ command: 'x', env: { A: `\${EMPTY}` } }), /variable EMPTY is not set/);
  assert.match(problemOf({ command: 'x', env: { A: `\${constructor}` } }), /variable constructor is not set/);
  assert.match(problemOf({ command: 'x', args: [`\${input:token}`] }), /\$\{input:token\} is nothing/);
  assert.match(problemOf({ url: 'ftp://h' }), /has to begin with http/);
  assert.match(problemOf({ url: 'http://me:secret@h/mcp' }), /holds a password/);
  assert.match(problemOf({ command: 'x', startupTimeoutSec: 0 }), /"startupTimeoutSec" has to be/);
  assert.match(problemOf('npx'), /is no object/);
});

test('what would depend on the folder that banter is started in is refused', () => {
  assert.match(problemOf({ command: './server' }), /name on the PATH or an absolute path/);
  assert.match(problemOf({ command: 'bin/server' }), /name on the PATH or an absolute path/);
  assert.match(problemOf({ command: 'x', cwd: 'data' }), /"cwd" has to be an absolute path/);
});

test('one wrong server does not cost the others, and a file without servers is a problem', () => {
  const { servers, problems } = readMcpServers({ mcpServers: { bad: {}, good: { command: 'x' } } }, environment);
  assert.deepEqual([servers.map(({ name }) => name), problems.length], [['good'], 1]);
  assert.deepEqual(readMcpServers({}, environment).problems, ['there is no object "mcpServers"']);
  assert.deepEqual(readMcpServers([], environment).problems, ['there is no object "mcpServers"']);
});
