/** X27 to X29 and X32: the calls of one answer, many at once, badly named, and stopped in the middle. */

import assert from 'node:assert/strict';
import { call, finish, text } from '../support/scripted-provider.ts';
import type { Case } from './chat.ts';
import { allow, assertSendable, calls, runScript, tool } from './tool-turn.ts';

export const batchCases: readonly Case[] = [
  ...[2, 50].map((count) => ({
    id: 'X27',
    title: `${count} calls at once, some good and some bad, run at most eight at a time and are answered in order`,
    async run() {
      let running = 0;
      let most = 0;
      const work = tool('work', {
        parameters: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
        async run({ n }) {
          most = Math.max(most, ++running);
          // Of eight, the later ones end sooner.
          for (let left = 8 - (Number(n) % 8); left > 0; left--) await new Promise(setImmediate);
          running--;
          if (Number(n) % 3 === 1) throw new Error(`no ${n}`);
          return `yes ${n}`;
        },
      });
      const wanted = Array.from({ length: count }, (_, n) => n);
      const all = wanted.map((n) => (n % 7 === 3 ? (['nothing'] as const) : (['work', `{"n":${n}}`] as const)));
      const { results, requests } = await runScript([calls(...all), text('ok')], { tools: [work] });
      assert.deepEqual(
        results.map(({ text: said }) => said.split('.')[0]),
        wanted.map((n) => {
          if (n % 7 === 3) return 'there is no tool named "nothing"';
          return n % 3 === 1 ? `work failed: no ${n}` : `yes ${n}`;
        }),
      );
      assert.equal(most, Math.min(count, 8));
      assert.ok(requests[1] !== undefined);
      assertSendable(requests[1]);
    },
  })),
  ...(
    [
      ['X28', 'calls with one id', ['a', 'a', 'a']],
      ['X28', 'calls with an id that looks like a made-up one', ['a', 'a', 'a-2', 'a#1']],
      ['X29', 'calls without an id', ['', '', '']],
    ] as const
  ).map(([id, title, ids]) => ({
    id,
    title: `${title} each get their own result`,
    async run() {
      const echo = tool('echo', { run: async ({ n }) => n });
      const answer = [...ids.map((callId, n) => call('echo', `{"n":${n}}`, callId)), finish('tool-calls')];
      const { requests } = await runScript([answer, text('ok')], { tools: [echo] });
      const [, second] = requests;
      assert.ok(second !== undefined);
      assertSendable(second);
      const told = second.messages.flatMap((message) => (message.role === 'tool' ? [message.text] : []));
      assert.deepEqual(told, Object.keys(ids));
    },
  })),
  ...(['in the approval', 'in the run', 'between the approval and the run'] as const).map((when) => ({
    id: 'X32',
    title: `Ctrl+C ${when} answers every call, and the conversation can be sent again`,
    run: () => stopAt(when),
  })),
];

async function stopAt(when: 'in the approval' | 'in the run' | 'between the approval and the run'): Promise<void> {
  const stop = new AbortController();
  let ran = 0;
  const write = tool('write', {
    safe: false,
    run: async () => {
      ran++;
      stop.abort();
      return new Promise(() => {});
    },
  });
  const script = [calls(['write', '{"n":1}'], ['write', '{"n":2}']), text('again')];
  const turn = await runScript(script, {
    tools: [write],
    signal: stop.signal,
    decide(question) {
      if (when === 'in the approval') {
        stop.abort();
        return undefined;
      }
      if (when === 'between the approval and the run') queueMicrotask(() => stop.abort());
      return allow(question);
    },
  });
  assert.equal(turn.outcome.kind, 'aborted');
  assert.equal(ran > 0, when === 'in the run');
  assert.deepEqual(
    turn.results.map(({ outcome }) => outcome),
    ['cancelled', 'cancelled'],
  );
  const again = await runScript([text('fine')], { tools: [], settings: { log: turn.log } });
  assert.equal(again.outcome.kind, 'done');
  assert.ok(again.requests[0] !== undefined);
  assertSendable(again.requests[0]);
}
