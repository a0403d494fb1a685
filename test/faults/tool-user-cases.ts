/** X17 to X26, X37, X38 and X44 with real files: tools of the user's own, and the weather of odd services. */

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { JsonSchema } from '../../src/core/json.ts';
import type { Tool } from '../../src/core/tool.ts';
import { compileSchema } from '../../src/session/validate.ts';
import { getWeather } from '../../src/tools/get-weather.ts';
import { defaultLimits, fetchJson } from '../../src/wire/index.ts';
import { type Handler, sendJson, startServer } from '../support/fault-server.ts';
import { text } from '../support/scripted-provider.ts';
import { host, load, makeFolder, moduleText, scriptText, write } from '../tools/user/tool-folder.ts';
import type { Case } from './chat.ts';
import { assertAllMatch, assertSendable, calls, runScript, type Turn } from './tool-turn.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  /** Of the module's function. */
  readonly body: string;
  readonly told: RegExp;
  readonly toolTimeoutMs?: number;
}

const rows: readonly Row[] = [
  { id: 'X17', title: 'throws', body: 'throw new Error("no disk")', told: /^work failed: no disk/ },
  { id: 'X18', title: 'rejects', body: 'await Promise.reject(new Error("no net"))', told: /^work failed: no net/ },
  { id: 'X19', title: 'throws what is no error', body: 'throw { code: 7 }', told: /^work failed: .*7/ },
  {
    ...{ id: 'X20', title: 'waits for ever', toolTimeoutMs: 400 },
    ...{ body: 'await new Promise((done) => setTimeout(done, 1e9))', told: /did not finish within 0.4 s/ },
  },
  {
    ...{ id: 'X21', title: 'computes for ever', body: 'for (;;);', toolTimeoutMs: 400 },
    told: /^work did not finish within 0.4 s and was stopped\.$/,
  },
  { id: 'X22', title: 'ends its process', body: 'process.exit(0)', told: /^work failed: it ended with exit code 0/ },
  {
    ...{ id: 'X23', title: 'leaves a rejection behind' },
    ...{ body: 'Promise.reject(new Error("left")); await new Promise((done) => setTimeout(done, 1e9))' },
    told: /^work failed: it ended with exit code 1; it printed: .*left/s,
  },
  {
    ...{ id: 'X23', title: 'leaves a rejection behind its result', told: /^here$/ },
    body: 'setTimeout(() => Promise.reject(new Error("late")), 0); return "here"',
  },
  {
    ...{ id: 'X24', title: 'returns the longest string there is', body: 'return "x".repeat(2 ** 29 - 24)' },
    told: /^x+\n\[\.\.\. \d+ of 536870888 bytes left out here \.\.\.\]\nx+$/,
  },
  {
    ...{ id: 'X25', title: 'returns half a character', body: 'return "\\ud800 \\u001b[2J"' },
    told: /^\ufffd \u001b\[2J$/,
  },
  {
    ...{ id: 'X26', title: 'prints beside its result', told: /^result$/ },
    body: 'console.log("\\u001b[2J"); console.error("x"); process.stdout.write("y".repeat(100_000)); return "result"',
  },
];

export const userCases: readonly Case[] = [
  ...rows.map(toCase),
  {
    id: 'X38',
    title: 'each file that cannot be a tool is left out with a line that says why, and the good one works',
    async run(t) {
      const folder = makeFolder(t);
      const good = moduleText('good', 'return "fine"', 'safe: true,');
      write(folder, 'a-good.mjs', good);
      write(folder, 'again.mjs', moduleText('good', ''));
      write(folder, 'built-in.mjs', moduleText('get_time', ''));
      write(folder, 'import.mjs', 'throw new Error("not today")');
      write(folder, 'open.mjs', good, 0o666);
      write(folder, 'schema.mjs', good.replace("{ type: 'object' }", "{ type: 'object', required: 'a' }"));
      write(folder, 'silent.sh', '#!/bin/sh\n', 0o755);
      write(folder, 'slow.mjs', 'await new Promise((done) => setTimeout(done, 10_000))');
      write(folder, 'syntax.mjs', 'export default {,');
      const loaded = await load(t, folder, { checkSchema });
      const expected = [
        /^again\.mjs: the name good is that of .*a-good\.mjs already$/,
        /^built-in\.mjs: the name get_time belongs to a tool that is built in$/,
        /^import\.mjs: .*not today/,
        /^open\.mjs: everybody can write it/,
        /^schema\.mjs: .*required/,
        /^silent\.sh: --describe printed no JSON$/,
        /^slow\.mjs: there was no time to describe it/,
        /^syntax\.mjs: .*SyntaxError|^syntax\.mjs: .*[Uu]nexpected/,
      ];
      assertAllMatch(loaded.problems, expected);
      const { results } = await runScript([calls(['good']), text('ok')], { tools: loaded.tools });
      assert.deepEqual(
        results.map(({ text: said }) => said),
        ['fine'],
      );
    },
  },
  {
    id: 'X38',
    title: 'a file in a folder that everybody can write is refused, in the folder and by name',
    async run(t) {
      const folder = makeFolder(t);
      const path = write(folder, 'a.mjs', moduleText('a', ''));
      chmodSync(folder, 0o777);
      const { tools, problems } = await load(t, folder);
      assert.deepEqual(tools, []);
      assert.match(problems.join(), /^no tool is loaded: the folder .* can be written by everybody/);
      const none = join(dirname(folder), 'none');
      mkdirSync(none);
      await assert.rejects(load(t, none, { files: [path] }), (error) => isChatError(error, 'usage'));
    },
  },
  ...(['module', 'program'] as const).map((kind) => ({
    id: 'X44',
    title: `a ${kind} sees no key of the environment`,
    async run(t: TestContext) {
      const folder = makeFolder(t);
      if (kind === 'module') write(folder, 'a.mjs', moduleText('work', 'return process.env', 'safe: true,'));
      else write(folder, 'a.sh', scriptText('work', 'env'), 0o755);
      const { PATH } = process.env;
      const secrets = {
        ...{ OPENAI_API_KEY: 'secret-1', HF_TOKEN: 'secret-2', BANTER_API_KEY: 'secret-3', MY_PASSWORD: 'secret-4' },
        ...{ https_proxy: 'http://ann:secret-5@proxy', AWS_SECRET_ACCESS_KEY: 'secret-6', NODE_OPTIONS: '--secret-7' },
      };
      const loaded = await load(t, folder, { host: { ...host, environment: { PATH, LANG: 'C.UTF-8', ...secrets } } });
      const { results } = await runScript([calls(['work']), text('ok')], {
        tools: loaded.tools,
        settings: { approval: { policy: 'all', rules: [], canAsk: false } },
      });
      assert.match(results[0]?.text ?? '', /C\.UTF-8/);
      assert.doesNotMatch(results[0]?.text ?? '', /secret/);
    },
  })),
  ...weatherCases(),
];

function toCase({ id, title, body, told, toolTimeoutMs = 20_000 }: Row): Case {
  return {
    id,
    title: `a module that ${title} costs its call at most`,
    async run(t) {
      const folder = makeFolder(t);
      write(folder, 'work.mjs', moduleText('work', body, 'safe: true,'));
      const { tools } = await load(t, folder);
      const turn = await runScript([calls(['work']), text('on it goes')], { tools, settings: { toolTimeoutMs } });
      assert.match(turn.results[0]?.text ?? '', told);
      assert.equal(turn.outcome.kind, 'done');
      assert.ok(turn.requests[1] !== undefined);
      assertSendable(turn.requests[1]);
    },
  };
}

async function checkSchema(schema: JsonSchema): Promise<string | undefined> {
  try {
    compileSchema(schema);
    return undefined;
  } catch (error) {
    if (!isChatError(error, 'usage')) throw error;
    return error.message;
  }
}

/** Nothing but the service that is set is ever asked, and what it says wrong is an error in words. */
function weatherCases(): Case[] {
  const services: readonly (readonly [title: string, handler: Handler, told: RegExp])[] = [
    ['fails with 500', (_request, response) => sendJson(response, { reason: 'down' }, 500), /500/],
    ['answers HTML', (_request, response) => void response.end('<html>Sign in</html>'), /no usable answer/],
    ['knows no city', (_request, response) => sendJson(response, {}), /no place|not found|no city/i],
    ...['http://169.254.169.254/latest/meta-data/', 'http://localhost:1/', 'file:///etc/passwd'].map(
      (location) =>
        [
          `redirects to ${location}`,
          (_request, response) => void response.writeHead(302, { location }).end(),
          /redirect/,
        ] as const satisfies readonly [string, Handler, RegExp],
    ),
  ];
  const cities = [
    '../../etc/passwd',
    'Rome\r\nHost: evil.test\r\n\r\nGET /admin',
    'http://169.254.169.254/',
    '?a=b&c#d',
  ];
  return [
    ...services.map(([title, handler, told]) => ({
      id: 'X37',
      title: `a weather service that ${title} is an error for the model`,
      async run(t: TestContext) {
        const server = await startServer(handler);
        t.after(() => server.close());
        const { results } = await askWeather(server.url, 'Rome');
        assert.equal(results[0]?.outcome, 'error');
        assert.match(results[0]?.text ?? '', told);
        assert.equal(server.requests.length, 1);
      },
    })),
    {
      id: 'X37',
      title: 'a weather service that is down is named',
      async run() {
        const server = await startServer(() => {});
        await server.close();
        const { results } = await askWeather(server.url, 'Rome');
        assert.match(results[0]?.text ?? '', /could not reach the weather service at 127\.0\.0\.1/);
      },
    },
    ...cities.map((city) => ({
      id: 'X37',
      title: `the city ${JSON.stringify(city)} is nothing but a value in the query`,
      async run(t: TestContext) {
        const server = await startServer((_request, response) => sendJson(response, {}));
        t.after(() => server.close());
        await askWeather(server.url, city);
        for (const { path, method, headers } of server.requests) {
          const { pathname, searchParams } = new URL(path, server.url);
          assert.deepEqual([method, pathname, headers.host], ['GET', '/search', new URL(server.url).host]);
          assert.equal(searchParams.has('c'), false);
        }
        assert.ok(server.requests.length > 0);
      },
    })),
    {
      id: 'X37',
      title: 'a city of 10,000 characters is refused before anything is asked',
      async run(t) {
        const server = await startServer((_request, response) => sendJson(response, {}));
        t.after(() => server.close());
        const { results } = await askWeather(server.url, 'x'.repeat(10_000));
        assert.match(results[0]?.text ?? '', /its arguments are wrong/);
        assert.equal(server.requests.length, 0);
      },
    },
  ];
}

function askWeather(url: string, city: string): Promise<Turn> {
  const weather: Tool = getWeather({
    forecastUrl: `${url}/forecast`,
    geocodingUrl: `${url}/search`,
    fetchJson: (target, signal) =>
      fetchJson({
        ...{ method: 'GET', url: target, headers: {}, secrets: [], signal },
        limits: { ...defaultLimits, retries: 0 },
      }),
  });
  return runScript([calls(['get_weather', JSON.stringify({ city })]), text('ok')], { tools: [weather] });
}
