/** What only the program can show: exit codes, and stdout under a flood, blocked, or asleep. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Handler, sendJson, startServer, startSse } from '../support/fault-server.ts';
import { finished, type Run, runBanter, startBanter } from '../support/run-banter.ts';
import { type Case, chunk, frames, hello, say, stop } from './chat.ts';

/** Starts a server and gives the environment that leads to it. */
async function serve(context: TestContext, handler: Handler): Promise<Readonly<Record<string, string>>> {
  const server = await startServer(handler);
  context.after(() => server.close());
  return { OPENAI_BASE_URL: `${server.url}/v1`, OPENAI_API_KEY: 'sk-fault-0123456789abcdef' };
}

interface Expected {
  readonly code: number;
  readonly stdout?: string;
  readonly stderr?: RegExp;
}

function row(id: string, title: string, handler: Handler, args: readonly string[], expected: Expected): Case {
  return {
    id,
    title: `in the program: ${title}, exit code ${expected.code}`,
    async run(t) {
      const run: Run = await runBanter(['-m', 'm', '--retries', '0', ...args, 'hi'], { env: await serve(t, handler) });
      assert.deepEqual([run.code, run.stdout], [expected.code, expected.stdout ?? ''], run.stderr);
      assert.match(run.stderr, expected.stderr ?? /^banter: [^\n]*\n$/);
    },
  };
}

const stall: Handler = (_request, response) => {
  startSse(response);
  response.write(`${say('so far')}\n\n`);
};

export const programCases: readonly Case[] = [
  row('S31', 'no headers', () => {}, ['--timeout', '0.2'], { code: 1 }),
  row('S32', 'a stall', stall, ['--idle-timeout', '0.2'], { code: 61, stdout: 'so far\n' }),
  row('S35', 'no end', frames(say('so far')), [], { code: 61, stdout: 'so far\n' }),
  row('S41', 'an error frame', frames('data: {"error":{"message":"no memory"}}'), [], {
    code: 1,
    stderr: /no memory\n$/,
  }),
  row('S49', 'nothing', frames(), [], { code: 1 }),
  row('S58', 'too long', frames(say('a'), chunk({}, 'length')), [], { code: 61, stdout: 'a\n' }),
  row('S58', 'filtered', frames(say('a'), chunk({}, 'content_filter')), [], { code: 62, stdout: 'a\n' }),
  row('S66', 'a refused key', (_request, response) => sendJson(response, { error: 'who?' }, 401), [], { code: 41 }),
  {
    id: 'S95',
    title: 'in the program: ten thousand deltas, a hundred a millisecond, come out whole and in order',
    async run(t) {
      const numbers = Array.from({ length: 10_000 }, (_, at) => `${at} `);
      const env = await serve(t, async (_request, response) => {
        startSse(response);
        for (let at = 0; at < numbers.length; at += 100) {
          response.write(
            numbers
              .slice(at, at + 100)
              .map((one) => `${say(one)}\n\n`)
              .join(''),
          );
          await sleep(1);
        }
        response.end(`${stop}\n\n`);
      });
      const run = await runBanter(['-m', 'm', 'hi'], { env });
      assert.equal(run.code, 0, run.stderr);
      assert.equal(run.stdout.trim(), numbers.join('').trim());
    },
  },
  {
    id: 'S96',
    title: 'in the program: a blocked stdout stops the server',
    async run(t) {
      let writtenBytes = 0;
      let blocked = () => {};
      const isBlocked = new Promise<void>((resolve) => {
        blocked = resolve;
      });
      const frame = `${say('x'.repeat(64 * 1024))}\n\n`;
      const fill = (response: ServerResponse): void => {
        while (writtenBytes < 512 * 1024 * 1024) {
          writtenBytes += frame.length;
          if (response.write(frame)) continue;
          const timer = setTimeout(blocked, 400);
          response.once('drain', () => {
            clearTimeout(timer);
            fill(response);
          });
          return;
        }
        blocked();
      };
      const env = await serve(t, (_request, response) => {
        startSse(response);
        fill(response);
      });
      const child = startBanter(['-m', 'm', '--raw', 'hi'], { env });
      child.stdin.end();
      await isBlocked;
      child.kill('SIGKILL');
      await once(child, 'exit');
      assert.ok(writtenBytes < 64 * 1024 * 1024, `${writtenBytes} bytes were taken from the server`);
    },
  },
  {
    id: 'S97',
    title: 'in the program: suspended for longer than the idle limit, it reads on where it was',
    async run(t) {
      if (process.platform === 'win32') return t.skip('Windows has no SIGSTOP');
      let goOn = () => {};
      const env = await serve(t, (_request, response) => {
        startSse(response);
        response.write(`${hello[0]}\n\n`);
        goOn = () => response.end(`${hello.slice(1).join('\n\n')}\n\n`);
      });
      const child = startBanter(['-m', 'm', '--idle-timeout', '0.4', 'hi'], { env });
      child.stdin.end();
      const run = finished(child);
      await once(child.stdout, 'data');
      child.kill('SIGSTOP');
      goOn();
      await sleep(700);
      child.kill('SIGCONT');
      assert.deepEqual(await run, { code: 0, stdout: 'Hello 안녕\n', stderr: '' });
    },
  },
];
