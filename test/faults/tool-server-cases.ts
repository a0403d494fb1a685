/** X44 and X45: MCP servers that hang, crash, babble, flood and die, through a whole turn. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { text } from '../support/scripted-provider.ts';
import { connect, odd } from '../tools/mcp/connect.ts';
import type { Case } from './chat.ts';
import { assertAllMatch, assertSendable, calls, runScript, type Turn } from './tool-turn.ts';

interface Row {
  readonly title: string;
  readonly oddity: string;
  /** Each in an answer of its own. */
  readonly calls: readonly string[];
  /** Of each call, in the same order. */
  readonly told: readonly RegExp[];
  readonly toolTimeoutMs?: number;
}

const died = /^odd__die failed: MCP server "odd" ended with 3; it wrote: out of memory, said the server$/;

const rows: readonly Row[] = [
  {
    ...{ title: 'babbles between its messages', oddity: 'garbage', calls: ['echo'] },
    told: [/^\{\}$/],
  },
  { title: 'writes 5 MB to stderr first', oddity: 'noisy', calls: ['echo'], told: [/^\{\}$/] },
  {
    ...{ title: 'answers with a line of 10 MB', oddity: 'none', calls: ['big-line'] },
    told: [/^x+\n\[\.\.\. \d+ of 10485760 bytes left out here \.\.\.\]\nx+$/],
  },
  {
    ...{ title: 'never ends its line', oddity: 'none', calls: ['too-long-line'] },
    told: [/^odd__too-long-line failed: MCP server "odd" sent a message of more than 16 MiB/],
  },
  {
    ...{ title: 'dies in a call fails it, is started once more, and works', oddity: 'none', calls: ['die', 'echo'] },
    told: [died, /^\{\}$/],
  },
  {
    ...{ title: 'dies in every call is not started a third time', oddity: 'none', calls: ['die', 'die', 'echo'] },
    told: [died, died, /^odd__echo failed: MCP server "odd" is not started again/],
  },
  {
    ...{ title: 'hangs in a call costs its time limit', oddity: 'none', calls: ['hang', 'echo'], toolTimeoutMs: 1000 },
    told: [/^odd__hang did not finish within 1 s and was stopped\.$/, /^\{\}$/],
  },
];

export const serverCases: readonly Case[] = [
  ...rows.map(toCase),
  {
    id: 'X45',
    title: 'servers that hang or crash at their start cost their budget, and the others work',
    async run(t) {
      const { tools, problems } = await connect(t, {
        mute: odd('mute', { startupTimeoutSec: 0.5 }),
        crash: odd('crash'),
        absent: { command: 'no-such-command-here' },
        odd: odd('none'),
      });
      const expected = [
        /^MCP server "absent" could not be started/,
        /^MCP server "crash" ended with 1; it wrote: no TOKEN in sight/,
        /^MCP server "mute" did not answer within 0.5 s; it wrote: waiting for a database$/,
      ];
      assertAllMatch(problems.toSorted(), expected);
      const { results } = await turn(['echo'], tools);
      assert.deepEqual(
        results.map(({ text: said }) => said),
        ['{}'],
      );
    },
  },
  {
    id: 'X45',
    title: 'a server is started twice and no more, however often it dies',
    async run(t) {
      const folder = mkdtempSync(join(tmpdir(), 'banter-mcp-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const starts = join(folder, 'starts');
      const { tools } = await connect(t, { odd: odd('none', {}, starts) });
      await turn(['die', 'die', 'echo', 'pid'], tools);
      assert.equal(readFileSync(starts, 'utf8').trim().split('\n').length, 2);
    },
  },
  {
    id: 'X44',
    title: 'a server sees no key of the environment but what its configuration names',
    async run(t) {
      const environment = {
        ...{ PATH: process.env.PATH, OPENAI_API_KEY: 'secret-1', HF_TOKEN: 'secret-2', NODE_OPTIONS: '--secret-3' },
        ...{ https_proxy: 'http://ann:secret-4@proxy', GITHUB_TOKEN: 'wanted' },
      };
      const server = odd('none', { env: { TOKEN: `\${GITHUB_TOKEN}` } });
      const { tools } = await connect(t, { odd: server }, { environment });
      const { results } = await turn(['environment'], tools);
      assert.match(results[0]?.text ?? '', /"TOKEN":"wanted"/);
      assert.doesNotMatch(results[0]?.text ?? '', /secret|GITHUB_TOKEN/);
    },
  },
];

function toCase({ title, oddity, calls: names, told, toolTimeoutMs = 20_000 }: Row): Case {
  return {
    id: 'X45',
    title: `a server that ${title}`,
    async run(t: TestContext) {
      const { tools, problems } = await connect(t, { odd: odd(oddity) });
      assert.deepEqual(problems, []);
      const { results, requests, outcome } = await turn(names, tools, toolTimeoutMs);
      assertAllMatch(
        results.map((result) => result.text),
        told,
      );
      assert.equal(outcome.kind, 'done');
      const last = requests.at(-1);
      assert.ok(last !== undefined);
      assertSendable(last);
    },
  };
}

/** One call an answer, and all of them allowed. */
function turn(
  names: readonly string[],
  tools: Parameters<typeof runScript>[1]['tools'],
  toolTimeoutMs = 20_000,
): Promise<Turn> {
  const script = [...names.map((name, index) => calls([`odd__${name}`, index === 0 ? '{}' : '{ }'])), text('ok')];
  return runScript(script, {
    tools,
    settings: { approval: { policy: 'all', rules: [], canAsk: false }, toolTimeoutMs },
  });
}
