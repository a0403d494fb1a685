/** S91-S98, S100: stopping, floods, and what goes out. */

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Tool } from '../../src/core/tool.ts';
import { createSession } from '../../src/session/index.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { type Handler, sendJson, sse, startServer, startSse } from '../support/fault-server.ts';
import { type Case, chat, chatWith, chunk, done, frames, hello, makeProvider, request, say, stop } from './chat.ts';

/** A first delta, then nothing. */
const begin: Handler = (_request, response) => {
  startSse(response);
  response.write(`${say('a')}\n\n`);
};

async function abortOften(baseUrl: string, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const controller = new AbortController();
    const got = await chat(baseUrl, { signal: controller.signal, onText: () => controller.abort() });
    assert.deepEqual([got.text, got.failure], ['a', 'aborted']);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  }
}

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(?:TCPSocketWrap|Timeout)$/.test(name)).length;
}

/** In bytes, after collecting garbage. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  // The flag adds this function to contexts made from now on.
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

export const leakCase: Case = {
  id: 'S91',
  title: 'a thousand aborted streams leave no socket, timer, listener or memory behind',
  async run(t) {
    const server = await startServer(begin);
    t.after(server.close);
    const socketsBefore = openSockets();
    // The first ones fill caches that stay.
    await abortOften(`${server.url}/v1`, 200);
    const heapBefore = heapUsed();
    await abortOften(`${server.url}/v1`, 800);
    while ((await server.connectionCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // The server remembers its requests, some 300 bytes each.
    const grown = heapUsed() - heapBefore;
    assert.ok(grown < 5 * 1024 * 1024, `the heap grew by ${grown} bytes`);
    assert.ok(openSockets() <= socketsBefore, process.getActiveResourcesInfo().join());
  },
};

export const lifeCases: readonly Case[] = [
  {
    id: 'S92',
    title: 'an abort before the headers',
    async run(t) {
      const controller = new AbortController();
      const got = await chatWith(t, () => controller.abort(), { signal: controller.signal });
      assert.equal(got.failure, 'aborted');
    },
  },
  {
    id: 'S93',
    title: 'an abort in the wait before a retry',
    async run(t) {
      const busy: Handler = (_request, response) => sendJson(response, {}, 503, { 'retry-after': '50' });
      const got = await chatWith(t, busy, { limits: { retries: 1 }, stopAtNotice: true });
      assert.deepEqual([got.failure, got.server.requests.length], ['aborted', 1]);
    },
  },
  {
    id: 'S94',
    title: 'an abort in a tool call: the call is answered, the turn aborted, the history whole',
    async run(t) {
      const call = { index: 0, id: 'c', function: { name: 'wait', arguments: '{}' } };
      const server = await startServer(frames(chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), done));
      t.after(server.close);
      const controller = new AbortController();
      const wait: Tool = {
        name: 'wait',
        description: '',
        parameters: { type: 'object' },
        safe: true,
        run: (_args, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')));
            controller.abort();
          }),
      };
      const log = memoryLog();
      const provider = await makeProvider(`${server.url}/v1`);
      const { sampling, extraBody } = request;
      const settings = {
        provider,
        model: 'm',
        system: undefined,
        tools: [wait],
        toolChoice: 'auto',
        sampling,
      } as const;
      const approval = { policy: 'ask', rules: [], canAsk: false } as const;
      const limits = { stream: true, maxRounds: 4, toolTimeoutMs: 60_000, approval };
      const session = createSession({ ...settings, ...limits, extraBody, log }, () => performance.now());
      const outcomes: string[] = [];
      for await (const event of session.send('go', controller.signal)) {
        if (event.type === 'turn-end') outcomes.push(event.outcome.kind);
      }
      assert.deepEqual(outcomes, ['aborted']);
      const last = log.messages.at(-1)?.message;
      assert.equal(last?.role === 'tool' && `${last.callId} ${last.outcome}`, 'c cancelled');
    },
  },
  {
    id: 'S98',
    title: 'what comes after [DONE], again or late, is ignored',
    async run(t) {
      const got = await chatWith(t, frames(...hello, ...hello, say('late'), stop, done));
      assert.deepEqual([got.text, got.failure], ['Hello 안녕', '']);
    },
  },
  {
    id: 'S100',
    title: 'lone surrogates in the question, a tool result or the history never go out',
    async run(t) {
      const lone = 'a\ud83d b \ude00c';
      const strict: Handler = ({ body }, response) => {
        // As Python's and Rust's parsers do: half a pair is no text, escaped or not.
        const isBad = JSON.stringify(JSON.parse(body)).match(/\\ud[89a-f]/i) !== null;
        if (isBad) sendJson(response, { error: { message: 'no low surrogate in string' } }, 400);
        else sse(response, hello);
      };
      const toolCalls = [{ id: 'c', name: 'f', arguments: `{"q":"${lone}"}` }];
      const got = await chatWith(t, strict, {
        request: {
          messages: [
            { role: 'system', text: lone },
            { role: 'user', text: lone },
            { role: 'assistant', text: lone, reasoning: lone, toolCalls, ending: 'tool-calls' },
            { role: 'tool', callId: 'c', name: 'f', outcome: 'ok', text: lone },
            { role: 'user', text: lone },
          ],
        },
      });
      assert.deepEqual([got.text, got.message], ['Hello 안녕', '']);
    },
  },
];
