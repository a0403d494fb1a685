/** X33 to X36: models that go in circles, or on and on. */

import assert from 'node:assert/strict';
import { text } from '../support/scripted-provider.ts';
import type { Case } from './chat.ts';
import { calls, keepCalling, runScript, tool } from './tool-turn.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly next: (round: number) => readonly [name: string, args?: string];
  /** Of one each round, before tools are over. */
  readonly runs: number;
  readonly requests: number;
  readonly limit: 'loop' | 'rounds';
}

const rows: readonly Row[] = [
  {
    ...{ id: 'X33', title: 'the same call again and again', next: () => ['work', '{"a":1}'] },
    ...{ runs: 2, requests: 4, limit: 'loop' },
  },
  {
    ...{ id: 'X33', title: 'the same call, written otherwise each time', limit: 'loop', runs: 2, requests: 4 },
    next: (round) => [['work', 'WORK', 'functions.work'][round] ?? 'work', `{${' '.repeat(round)}"a":1}`],
  },
  {
    ...{ id: 'X33', title: 'a tool that does not exist, again and again', next: () => ['nothing'] },
    ...{ runs: 0, requests: 17, limit: 'rounds' },
  },
  {
    ...{ id: 'X34', title: 'A, B, A, B', next: (round) => [round % 2 === 0 ? 'work' : 'rest'] },
    ...{ runs: 4, requests: 6, limit: 'loop' },
  },
  {
    ...{ id: 'X34', title: 'A, B, C, A, B, C', next: (round) => ['work', `{"n":${round % 3}}`] },
    ...{ runs: 6, requests: 8, limit: 'loop' },
  },
  {
    ...{ id: 'X35', title: 'arguments that grow', next: (round) => ['work', `{"a":"${'x'.repeat(round)}"}`] },
    ...{ runs: 16, requests: 17, limit: 'rounds' },
  },
];

export const loopCases: readonly Case[] = [
  ...rows.map(toCase),
  {
    id: 'X36',
    title: 'a model that calls although tools are over is not obeyed',
    async run() {
      let ran = 0;
      const work = tool('work', { run: async () => ++ran });
      const script = Array.from({ length: 3 }, (_, round) => calls(['work', `{"n":${round}}`]));
      const turn = await runScript(script, { tools: [work], settings: { maxRounds: 2 } });
      assert.deepEqual([ran, turn.requests.length], [2, 3]);
      assert.deepEqual(turn.outcome, { kind: 'limit', limit: 'rounds', rounds: 2 });
      const again = await runScript([text('fine')], { tools: [], settings: { log: turn.log } });
      assert.equal(again.outcome.kind, 'done');
    },
  },
];

function toCase({ id, title, next, runs, requests, limit }: Row): Case {
  return {
    id,
    title: `${title}: after ${requests - 1} rounds one last answer is asked for without tools`,
    async run() {
      let ran = 0;
      const run = async () => ++ran;
      const turn = await runScript(keepCalling(next), { tools: [tool('work', { run }), tool('rest', { run })] });
      assert.deepEqual([ran, turn.requests.length], [runs, requests]);
      assert.deepEqual(turn.requests.at(-1)?.tools, []);
      assert.deepEqual(turn.outcome, { kind: 'limit', limit, rounds: requests - 1 });
      assert.match(turn.notices.join(), limit === 'loop' ? /tool-loop: .*third time/ : /rounds-exhausted: 16 rounds/);
      const last = turn.log.messages.at(-1)?.message;
      assert.equal(last?.role === 'assistant' && last.text, 'enough');
    },
  };
}
