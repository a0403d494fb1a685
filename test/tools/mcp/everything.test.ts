/** The reference server of the protocol's authors, over both transports. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Connected, connect } from './connect.ts';

const program = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/server-everything/dist/index.js', import.meta.url),
);

describe('the reference server', { concurrency: 2, timeout: 30_000 }, () => {
  test('answers over stdio', async (t) => {
    const server = { command: process.execPath, args: [program, 'stdio'], startupTimeoutSec: 20 };
    await useEverything(await connect(t, { everything: server }));
  });

  test('answers over streamable HTTP', async (t) => {
    const url = await startOverHttp(t);
    await useEverything(await connect(t, { everything: { url } }));
  });
});

async function useEverything({ tools, problems, call }: Connected): Promise<void> {
  assert.deepEqual(problems, []);
  const echo = tools.find(({ name }) => name === 'everything__echo');
  assert.equal(echo?.server, 'everything');
  assert.equal(echo?.safe, false);
  assert.equal(await call('everything__echo', { message: '안녕 👋' }), 'Echo: 안녕 👋');
  assert.match(String(await call('everything__get-tiny-image')), /\[image image\/png \d+ kB left out\]/);
  assert.match(String(await call('everything__get-structured-content', { location: 'New York' })), /"temperature":/);
  await assert.rejects(call('everything__get-sum', { a: 1 }), /expected number/);

  const stop = new AbortController();
  const long = call('everything__trigger-long-running-operation', { duration: 60, steps: 2 }, stop.signal);
  await call('everything__echo', { message: 'the long one has begun' });
  stop.abort(new Error('stopped by the person'));
  await assert.rejects(long, /stopped by the person/);
  assert.equal(await call('everything__get-sum', { a: 1, b: 2 }), 'The sum of 1 and 2 is 3.');
}

async function startOverHttp(t: TestContext): Promise<string> {
  const port = await freePort();
  const server = spawn(process.execPath, [program, 'streamableHttp'], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  t.after(() => server.kill('SIGKILL'));
  for await (const line of server.stderr) if (String(line).includes('listening')) break;
  server.stderr.resume();
  return `http://127.0.0.1:${port}/mcp`;
}

/** The server takes its port from the environment and does not tell which one it got for 0. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  server.close();
  return address.port;
}
