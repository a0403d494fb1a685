/** X17 to X20, X24, X25, X41 and X42: tools that throw, hang and flood, and a server that takes none. */

import assert from 'node:assert/strict';
import type { ToolOutcome } from '../../src/core/message.ts';
import type { Tool } from '../../src/core/tool.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createActivity } from '../../src/print/activity.ts';
import { sendJson, sse, startServer } from '../support/fault-server.ts';
import { text } from '../support/scripted-provider.ts';
import { type Case, hello, makeProvider } from './chat.ts';
import { calls, runScript, runSession, type TurnOptions, tool } from './tool-turn.ts';

type Run = Tool['run'];

/** Thrown by no code of ours. */
const thrower = (thrown: unknown): Run => {
  return () => {
    throw thrown;
  };
};
const unreadable = {
  get message(): string {
    throw new Error('no');
  },
  toJSON(): never {
    throw new Error('no');
  },
};
const circle: Record<string, unknown> = { name: 'round' };
circle.itself = circle;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly run: Run;
  readonly outcome: ToolOutcome;
  readonly told: RegExp;
}

const returns = (title: string, value: unknown, told: RegExp): Row => ({
  ...{ id: 'X24', title: `a tool returns ${title}`, outcome: 'ok', told },
  run: async () => value,
});

const rows: readonly Row[] = [
  {
    ...{ id: 'X17', title: 'a tool throws at once', run: thrower(new Error('no disk')) },
    ...{ outcome: 'error', told: /^under_test failed: no disk$/ },
  },
  {
    ...{ id: 'X18', title: 'a tool rejects', run: async () => Promise.reject(new TypeError('no list')) },
    ...{ outcome: 'error', told: /^under_test failed: no list$/ },
  },
  ...(
    [
      ['a word', 'broken', /failed: broken$/],
      ['nothing', undefined, /failed: \(no output\)$/],
      ['null', null, /failed: null$/],
      ['an object', { code: 7 }, /failed: \{"code":7\}$/],
      ['an error without words', new Error(''), /failed: \{"name":"Error","message":""\}$/],
      ['what cannot be read', unreadable, /failed: it threw something that cannot be read$/],
    ] as const
  ).map(([title, thrown, told]) => ({
    ...{ id: 'X19', title: `a tool throws ${title}`, run: thrower(thrown), outcome: 'error' as const, told },
  })),
  returns('undefined', undefined, /^\(no output\)$/),
  returns('a BigInt', 2n ** 64n, /^18446744073709551616$/),
  returns('a symbol', Symbol('s'), /^Symbol\(s\)$/),
  returns('a circle', circle, /^\{"name":"round","itself":"\[circular\]"\}$/),
  returns('a Buffer', Buffer.alloc(70), /^"\[70 bytes of binary data\]"$/),
  returns('a date', new Date(0), /^"1970-01-01T00:00:00.000Z"$/),
  returns('a function', function named() {}, /^\[function named\]$/),
  returns('NaN', Number.NaN, /^NaN$/),
  // The result of the next one is its tail only in part; both ends are there, and how much is missing.
  returns('64 MB', `first${'x'.repeat(2 ** 26)}last`, /^firstx+\n\[\.\.\. \d+ of 67108873 bytes left .*\]\nx+last$/s),
  {
    ...{ id: 'X24', title: 'a tool returns what cannot be written', run: async () => unreadable },
    ...{ outcome: 'error', told: /^under_test failed: no$/ },
  },
];

export const runningCases: readonly Case[] = [
  ...rows.map(toCase),
  {
    id: 'X20',
    title: 'a tool that never settles is given up, told to stop, and its late answer is not heard',
    async run() {
      let stopped: unknown;
      let late: (value: unknown) => void = () => {};
      const run: Run = (_args, { signal }) => {
        signal.addEventListener('abort', () => {
          stopped = signal.reason;
        });
        return new Promise((resolve) => {
          late = resolve;
        });
      };
      const { results, log } = await one(run, { settings: { toolTimeoutMs: 20 } });
      assert.match(results[0]?.text ?? '', /^under_test did not finish within 0.02 s and was stopped\.$/);
      assert.ok(stopped instanceof DOMException && stopped.name === 'TimeoutError');
      const before = log.messages.length;
      late('too late');
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(log.messages.length, before);
    },
  },
  {
    id: 'X25',
    title: 'a result with escapes, tags and half characters is harmless on the screen and whole for the model',
    async run() {
      const nasty =
        '\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m\u202e\u{e0041}\ud800<script>\r\u0000\u200bcolou\u0301r 안녕 👩‍👩‍👧';
      const { results, events, requests } = await one(thrower(new Error(nasty)));
      assert.equal(results[0]?.text, `under_test failed: ${nasty.toWellFormed()}`);
      const last = requests[1]?.messages.at(-1);
      assert.equal(last?.role === 'tool' && last.text, results[0]?.text);
      for (const toolsDebug of [false, true]) {
        const shown = await onScreen(events, toolsDebug);
        assert.match(shown, /under_test: error .*<script>\s*colou\u0301r 안녕 👩‍👩‍👧\n/s);
        assert.doesNotMatch(shown, unsafe);
      }
    },
  },
  {
    id: 'X41',
    title: 'a result beyond any context is cut to 32 KiB with a note in its middle',
    async run() {
      const { requests } = await one(async () => '가나다'.repeat(1_000_000));
      const last = requests[1]?.messages.at(-1);
      assert.ok(last?.role === 'tool');
      assert.match(
        last.text,
        /^(?:가나다)+가?나?\n\[\.\.\. \d+ of 9000000 bytes left out here \.\.\.\]\n나?다?(?:가나다)+$/,
      );
      assert.ok(Buffer.byteLength(last.text) <= 32 * 1024 && last.text.isWellFormed());
    },
  },
  {
    id: 'X42',
    title: 'a server that refuses tools is asked without them, and the person is told once',
    async run(t) {
      const server = await startServer(({ body }, response) => {
        if (!('tools' in JSON.parse(body))) return sse(response, hello);
        sendJson(response, { error: { message: 'model-a does not support tools' } }, 400);
      });
      t.after(() => server.close());
      const provider = await makeProvider(`${server.url}/v1`);
      const options = { tools: [tool('get_item')] };
      const first = await runSession({ provider }, options);
      assert.deepEqual([first.outcome.kind, server.requests.length], ['done', 2]);
      assert.equal(first.notices.filter((notice) => notice.startsWith('tools-refused')).length, 1);
      const second = await runSession({ provider, log: first.log }, options);
      assert.deepEqual([second.outcome.kind, server.requests.length, second.notices], ['done', 3, []]);
    },
  },
];

function one(run: Run, options: Partial<TurnOptions> = {}) {
  return runScript([calls(['under_test']), text('on it goes')], { tools: [tool('under_test', { run })], ...options });
}

function toCase({ id, title, run, outcome, told }: Row): Case {
  return {
    id,
    title: `${title}, and the turn goes on`,
    async run() {
      const turn = await one(run);
      assert.equal(turn.results[0]?.outcome, outcome);
      assert.match(turn.results[0]?.text ?? '', told);
      assert.ok(Buffer.byteLength(turn.results[0]?.text ?? '') <= 32 * 1024);
      assert.equal(turn.outcome.kind, 'done');
    },
  };
}

/** Control characters, bidi controls, zero-width spaces, half characters, tags. */
const unsafe = /[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069\u200b\ud800-\udfff]|[\u{e0000}-\u{e007f}]/u;

/** What a one-shot run writes to a terminal about these events. */
async function onScreen(events: readonly TurnEvent[], toolsDebug: boolean): Promise<string> {
  let shown = '';
  const err = {
    write(piece: string) {
      shown += piece;
    },
  };
  const activity = createActivity({
    ...{ err, over: () => false, quiet: false, reasoning: true, verbose: true, explain: true, toolsDebug },
    ...{ now: () => 0, dim: (piece) => piece },
  });
  for (const event of events) await activity.show(event);
  return shown;
}
