/** What a person reads when a turn fails: servers that fail, and the lines on the screen. */

import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { isContextOverflow } from '../../src/core/context-overflow.ts';
import { ChatError, type Fault } from '../../src/core/error.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createProvider } from '../../src/providers/index.ts';
import { createSession } from '../../src/session/index.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { createTheme } from '../../src/terminal/theme.ts';
import { commands } from '../../src/ui/commands/index.ts';
import { nextStep, stepAfter, stepAfterLimit } from '../../src/ui/next-step.ts';
import { createTurnDisplay } from '../../src/ui/turn-display.ts';
import { options } from '../providers/openai/served.ts';
import { type Answer, frame, startChatServer } from '../support/chat-server.ts';

const asked = { isFree: true, profile: 'work' };

/** The lines of a failed turn on a wide screen. */
async function shown(baseUrl: string, hasKey = true): Promise<string> {
  const { apiKey, ...others } = options;
  const profile = { name: 'work', kind: 'openai', baseUrl } as const;
  const provider = await createProvider(profile, hasKey ? options : others);
  const session = createSession(
    {
      ...{ provider, model: 'model-x', system: undefined, tools: [], toolChoice: 'auto', sampling: {}, extraBody: {} },
      ...{ stream: true, maxRounds: 4, toolTimeoutMs: 1000, log: memoryLog() },
      approval: { policy: 'all', rules: [], canAsk: false },
    },
    () => 0,
  );
  const look = { columns: 1000, theme: createTheme({ color: 0 }), hyperlinks: false };
  const display = createTurnDisplay(() => look, { failing: asked });
  const lines: string[] = [];
  for await (const event of session.send('hi', new AbortController().signal)) {
    lines.push(...display.show(event).passages.flatMap((passage) => passage.lines));
  }
  return lines.filter((line) => line !== '').join('\n');
}

const refuse =
  (status: number, body: JsonObject | string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const say = (response: ServerResponse, content: string, finish: string | null = null): void => {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(frame({ index: 0, delta: { content }, finish_reason: finish }));
};

const cases: readonly (readonly [title: string, answer: Answer, lines: RegExp])[] = [
  [
    'a key that is refused',
    refuse(401, { error: { message: 'Incorrect key' } }),
    /refused the key \(401\): Incorrect key\n- .*banter keys set NAME, banter -P work -c --key NAME; \/profile/,
  ],
  ['a place that is closed', refuse(403, { error: 'no' }), /does not allow this \(403\): no\n- \/model .*; \/profile/],
  [
    'no credit',
    refuse(402, { error: { message: 'Insufficient Balance' } }),
    /402: Insufficient Balance \(the account has no credit left\)\n- \/profile [^/]*; \/model [^/]*$/,
  ],
  [
    'a quota used up',
    refuse(429, { error: { message: 'pay', code: 'insufficient_quota' } }),
    /pay \(the account has no quota left; waiting does not help\)\n- \/profile [^/]*; \/model [^/]*$/,
  ],
  [
    'a model that does not exist',
    refuse(404, { error: { message: 'The model `model-x` does not exist', code: 'model_not_found' } }),
    /\(it has model-a, model-b\)\n- \/model/,
  ],
  ['a wrong address', refuse(405, { detail: 'Method Not Allowed' }), /check the base URL.*\n- \/model .*; \/profile/],
  [
    'a conversation that is too long',
    refuse(400, { error: { message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' } }),
    /too long for it.*\n- \/compact .*, then \/retry; \/undo/,
  ],
  ['one that is too large', refuse(413, ''), /too long for it.*\n- \/compact/],
  ['nothing said', refuse(400, ''), /answered 400\n- \/compact and then \/retry, if it is too long; \/prompt/],
  [
    'a busy server that says when',
    refuse(429, { error: 'slow down' }, { 'retry-after': '20' }),
    /429: slow down\n- \/retry asks again, in 20 s; \/model/,
  ],
  [
    'a server that fails',
    refuse(502, '<html><h1>Bad Gateway</h1></html>'),
    /502: Bad Gateway\n- \/retry asks again; \/model/,
  ],
  [
    'a filter before the answer',
    refuse(400, { error: { message: 'filtered due to content management policy', code: 'content_filter' } }),
    /- \/edit changes your message; \/model/,
  ],
  [
    'a filter in the answer',
    (response) => {
      say(response, 'well', 'content_filter');
      response.end('data: [DONE]\n\n');
    },
    /stopped by a content filter\n- \/edit/,
  ],
  [
    'an answer that breaks off',
    (response) => {
      say(response, 'half');
      setImmediate(() => response.destroy());
    },
    /broke off before the answer was complete\n- \/continue goes on from here; \/retry/,
  ],
  [
    'an answer that breaks off in a call, before any text',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const call = { index: 0, id: 'a', type: 'function', function: { name: 'look', arguments: '{"pa' } };
      response.write(frame({ index: 0, delta: { tool_calls: [call] }, finish_reason: null }));
      setImmediate(() => response.destroy());
    },
    /broke off before the answer was complete\n- \/retry asks again/,
  ],
  ['a page in place of an answer', refuse(200, '<p>log in</p>'), /no answer.*base URL.*\n- \/profile [^/]*$/],
  [
    'an answer without a word',
    (response) => {
      say(response, '', 'stop');
      response.end('data: [DONE]\n\n');
    },
    /empty answer \(the model ended its answer at once\)\n- \/retry asks again; \/model/,
  ],
];

for (const [title, answer, lines] of cases) {
  test(`${title}: what happened, and what can be done`, async () => {
    const server = await startChatServer([answer]);
    assert.match(await shown(server.baseUrl), lines);
  });
}

test('where nobody listens, and where a key is wanted and none is there', async () => {
  assert.match(await shown('http://127.0.0.1:9/v1'), /is the server running\?\n- \/retry asks again; \/profile/);
  assert.match(
    await shown('https://api.openai.com/v1', false),
    /none is set \(set OPENAI_API_KEY\)\n- leave with Ctrl\+D, do that, and go on here with: banter -P work -c; \/profile/,
  );
});

test('no step names a command that does not exist, or one that the format of the answer does not allow', () => {
  const target = 'http://x';
  const faults: readonly Fault[] = [
    ...[undefined, 401, 403].map((status) => ({ kind: 'auth', target, ...(status && { status }) }) as const),
    ...(['refused', 'tls', 'redirect'] as const).map((reason) => ({ kind: 'network', target, reason }) as const),
    ...(['cut', 'silent', 'malformed', 'empty'] as const).map(
      (reason) => ({ kind: 'stream', target, reason }) as const,
    ),
    ...[400, 402, 404, 407, 413, 429, 500].flatMap((status) =>
      ['', 'no'].map((said) => ({ kind: 'server', target, status, said, retryAfterMs: 3_000_000 }) as const),
    ),
    { kind: 'schema', wanted: 'schema', problems: [], attempts: 1, raw: '' },
  ];
  for (const isFree of [true, false]) {
    const steps = [
      ...faults.map((fault) => nextStep(new ChatError(fault), { canGoOn: isFree, profile: 'p' }) ?? ''),
      ...(['length', 'refusal'] as const).map((finish) => stepAfter(finish, { isFree, profile: 'p' }) ?? ''),
      ...(['rounds', 'loop'] as const).map((limit) =>
        stepAfterLimit({ kind: 'limit', limit, rounds: 1 }, { isFree, profile: 'p' }),
      ),
    ].join('\n');
    const named = [...steps.matchAll(/(?<![\w/])\/([a-z]+)/g)].map(([, name]) => name);
    assert.ok(named.length > 10);
    for (const name of named)
      assert.ok(
        commands.some((command) => command.name === name),
        name,
      );
    assert.equal(named.includes('continue'), isFree);
  }
});

test('a prompt that does not fit is known by the words of many servers', () => {
  for (const said of [
    '`inputs` tokens + `max_new_tokens` must be <= 4096',
    'the request exceeds the available context size',
    'prompt is too long: 210000 tokens > 200000 maximum',
    'inputs must have less than 4095 tokens',
    "This model's maximum context length is 8192 tokens.",
  ])
    assert.ok(isContextOverflow({ status: 400, said }), said);
  assert.ok(!isContextOverflow({ status: 400, said: 'invalid temperature' }));
});
