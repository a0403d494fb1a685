import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Appended, ConversationLog, StoredMessage } from '../../src/core/conversation.ts';
import { ChatError } from '../../src/core/error.ts';
import type { Message } from '../../src/core/message.ts';
import type { StreamEvent } from '../../src/core/stream-event.ts';
import type { Tool } from '../../src/core/tool.ts';
import type { TurnEvent, TurnOutcome } from '../../src/core/turn-event.ts';
import { createSession, type SessionSettings } from '../../src/session/index.ts';
import { compileSchema } from '../../src/session/validate.ts';
import { call, finish, type Script, scriptedProvider, text } from '../support/scripted-provider.ts';

const never = new AbortController().signal;

test('an answer is streamed, recorded before it is announced, and ends with one turn-end', async () => {
  const { session, log } = start([text('Hel', 'lo')]);
  const seen: string[] = [];
  for await (const event of session.send('hi', never)) {
    if (event.type === 'message') assert.ok(log.messages.includes(event.message), 'announced before it was recorded');
    seen.push(event.type);
  }
  assert.deepEqual(seen, ['message', 'text-delta', 'text-delta', 'message', 'turn-end']);
  assert.deepEqual(
    log.messages.map(({ message }) => [message.role, message.text]),
    [
      ['user', 'hi'],
      ['assistant', 'Hello'],
    ],
  );
});

test('calls of one answer run side by side and are all answered, in their order, before the next request', async () => {
  let running = 0;
  let most = 0;
  let open: () => void = () => {};
  const bothRun = new Promise<void>((resolve) => {
    open = resolve;
  });
  const together: Tool = {
    ...echo,
    run: async (args) => {
      running++;
      most = Math.max(most, running);
      if (running === 2) open();
      await bothRun;
      return args.value;
    },
  };
  const { session, provider, log } = start(
    [[call('echo', '{"value":"a"}', '1'), call('echo', '{"value":"b"}', '2'), finish('tool-calls')], text('done')],
    { tools: [together] },
  );
  const events = await all(session.send('go', never));
  assert.equal(most, 2);
  assert.deepEqual(
    log.messages.map(({ message }) => `${message.role}:${message.text}`),
    ['user:go', 'assistant:', 'tool:a', 'tool:b', 'assistant:done'],
  );
  assert.deepEqual(
    provider.requests[1]?.messages.map(({ role }) => role),
    ['user', 'assistant', 'tool', 'tool'],
  );
  assert.equal(outcomeOf(events).kind, 'done');
});

test('bad JSON, an unknown tool and a failing tool are told to the model and the turn goes on', async () => {
  const failing: Tool = {
    ...echo,
    name: 'failing',
    run: async () => {
      throw new Error('out of order');
    },
  };
  const { session, provider } = start(
    [
      [
        call('echo', '{"value":', '1'),
        call('nothing', '{}', '2'),
        call('failing', '{"value":"x"}', '3'),
        finish('tool-calls'),
      ],
      text('sorry'),
    ],
    { tools: [echo, failing] },
  );
  const events = await all(session.send('go', never));
  const results = provider.requests[1]?.messages.filter((message) => message.role === 'tool') ?? [];
  assert.deepEqual(
    results.map((message) => (message.role === 'tool' ? message.outcome : '')),
    ['error', 'error', 'error'],
  );
  assert.match(results[1]?.text ?? '', /echo/, 'an unknown tool is answered with the names of those that exist');
  assert.match(results[2]?.text ?? '', /out of order/);
  assert.equal(outcomeOf(events).kind, 'done');
});

test('a call in an answer cut by the token limit does not run', async () => {
  let ran = false;
  const tool: Tool = {
    ...echo,
    run: async () => {
      ran = true;
      return '';
    },
  };
  const { session } = start([[call('echo', '{"value":"x"}', '1'), finish('length')], text('ok')], { tools: [tool] });
  await all(session.send('go', never));
  assert.equal(ran, false);
});

test('a model that never stops calling is asked once more without tools and the turn ends at the limit', async () => {
  const again = [call('echo', '{"value":"x"}', '1'), finish('tool-calls')];
  const { session, provider } = start([again, again, text('so far')], { tools: [echo], maxRounds: 2 });
  const events = await all(session.send('go', never));
  assert.deepEqual(
    provider.requests.map(({ tools }) => tools.length),
    [1, 1, 0],
  );
  assert.deepEqual(outcomeOf(events), { kind: 'limit', limit: 'rounds', rounds: 2 });
  assert.ok(events.some((event) => event.type === 'notice' && event.notice.code === 'rounds-exhausted'));
});

test('a forced call is forced in the first request only', async () => {
  const { session, provider } = start([[call('echo', '{"value":"x"}', '1'), finish('tool-calls')], text('x')], {
    tools: [echo],
    toolChoice: 'required',
  });
  await all(session.send('go', never));
  assert.deepEqual(
    provider.requests.map(({ toolChoice }) => toolChoice),
    ['required', 'auto'],
  );
});

test('what came before the stream broke is kept, marked as cut, and the failure is the outcome', async () => {
  const broken = new ChatError({ kind: 'stream', target: 'http://scripted.test', reason: 'cut' });
  const { session, log } = start([
    async function* () {
      yield { type: 'text-delta', text: 'half an ans' } satisfies StreamEvent;
      throw broken;
    },
  ]);
  const outcome = outcomeOf(await all(session.send('hi', never)));
  assert.deepEqual(outcome, { kind: 'failed', error: broken, partial: true });
  const last = log.messages.at(-1)?.message;
  assert.equal(last?.role === 'assistant' ? `${last.text}|${last.ending}` : '', 'half an ans|cut');
});

test('a stopped answer is kept, marked as aborted, and the next turn can be sent', async () => {
  const stop = new AbortController();
  const { session, log } = start([
    async function* (_request, signal) {
      yield { type: 'text-delta', text: 'one two' } satisfies StreamEvent;
      stop.abort();
      if (signal.aborted) throw new ChatError({ kind: 'aborted' });
    },
    text('fine'),
  ]);
  assert.deepEqual(outcomeOf(await all(session.send('count', stop.signal))), { kind: 'aborted' });
  const kept = log.messages.at(-1)?.message;
  assert.equal(kept?.role === 'assistant' ? kept.ending : '', 'aborted');
  assert.equal(outcomeOf(await all(session.send('go on', never))).kind, 'done');
});

test('stopping while a tool runs answers every call, so that the conversation can be sent again', async () => {
  const stop = new AbortController();
  const endless: Tool = { ...echo, run: () => new Promise(() => stop.abort()) };
  const { session, provider } = start(
    [[call('echo', '{"value":"x"}', '1'), call('echo', '{"value":"y"}', '2'), finish('tool-calls')], text('later')],
    { tools: [endless] },
  );
  assert.deepEqual(outcomeOf(await all(session.send('go', stop.signal))), { kind: 'aborted' });
  await all(session.send('and now?', never));
  const results = provider.requests[1]?.messages.filter((message) => message.role === 'tool') ?? [];
  assert.equal(results.length, 2);
});

test('an error that is no ChatError is a bug and is thrown', async () => {
  const { session } = start([
    // biome-ignore lint/correctness/useYield: it fails before its first event
    async function* () {
      throw new TypeError('a bug');
    },
  ]);
  await assert.rejects(all(session.send('hi', never)), /a bug/);
});

test('a disk that refuses a message is a notice and the chat goes on', async () => {
  const unsaved = new ChatError({ kind: 'storage', path: '/full', what: 'no space left' });
  const { session } = start([text('still here')], { log: memory(unsaved) });
  const events = await all(session.send('hi', never));
  assert.ok(events.some((event) => event.type === 'notice' && event.notice.code === 'not-saved'));
  assert.equal(outcomeOf(events).kind, 'done');
});

test('without a model the first of the list is chosen and named, once', async () => {
  const { session, provider } = start([text('a'), text('b')], { model: undefined });
  const first = await all(session.send('hi', never));
  assert.ok(first.some((event) => event.type === 'notice' && event.notice.code === 'model-chosen'));
  const second = await all(session.send('hi', never));
  assert.ok(!second.some((event) => event.type === 'notice'));
  assert.deepEqual(
    provider.requests.map(({ model }) => model),
    ['first', 'first'],
  );
});

test('a message that failed before a word came goes along with the next one, and that is said', async () => {
  async function* refused(): AsyncGenerator<StreamEvent> {
    yield* [];
    throw new ChatError({ kind: 'network', target: 'http://scripted.test', reason: 'refused' });
  }
  const { session, provider } = start([refused, refused, text('fine'), text('again')]);
  const said: string[] = [];
  for (const message of ['first', 'second', 'third', 'fourth']) {
    for await (const event of session.send(message, never)) {
      if (event.type === 'notice' && event.notice.code === 'unanswered') said.push(`${message}: ${event.notice.text}`);
    }
  }
  assert.deepEqual(said, [
    'second: your last message has no answer and goes along with this one',
    'third: your last 2 messages have no answer and go along with this one',
  ]);
  assert.deepEqual(
    provider.requests[2]?.messages.map((message) => message.text),
    ['first\n\nsecond\n\nthird'],
  );
});

test('retry answers the last message again as another branch', async () => {
  const { session, provider, log } = start([text('one'), text('two')]);
  await all(session.send('hi', never));
  const again = session.retry(never);
  assert.ok(again !== undefined);
  await all(again);
  assert.deepEqual(provider.requests[0]?.messages, provider.requests[1]?.messages);
  assert.deepEqual(
    log.messages.map(({ message }) => message.text),
    ['hi', 'two'],
  );
});

test('a changed system prompt is recorded once and only the latest is sent', async () => {
  const { session, provider } = start([text('a'), text('b'), text('c')], { system: 'be brief' });
  await all(session.send('1', never));
  await all(session.send('2', never));
  session.configure({ system: 'be long' });
  await all(session.send('3', never));
  assert.deepEqual(
    provider.requests.map(({ messages }) => messages.filter(({ role }) => role === 'system').map((m) => m.text)),
    [['be brief'], ['be brief'], ['be long']],
  );
  assert.equal(provider.requests[2]?.messages[0]?.role, 'system');
});

const schema = { type: 'object', properties: { n: { type: 'number', minimum: 1 } }, required: ['n'] };

test('a structured answer that is wrong is asked for again with what is wrong, and the right one is the value', async () => {
  const { session, provider } = start([text('{"n":0.5}'), text('```json\n{"n": 12345678901234567890}\n```')], {
    structured: structured(2),
  });
  const outcome = outcomeOf(await all(session.send('a number', never)));
  assert.equal(outcome.kind === 'done' ? outcome.structured?.text : '', '{"n":12345678901234567890}');
  assert.match(provider.requests[1]?.messages.at(-1)?.text ?? '', /n/);
});

const echo: Tool = {
  name: 'echo',
  description: 'Gives back its value.',
  parameters: { type: 'object', properties: { value: { type: 'string' } }, required: ['value'] },
  safe: true,
  run: async (args) => args.value,
};

function structured(retries: number): NonNullable<SessionSettings['structured']> {
  return { wanted: { kind: 'json-schema', name: 'answer', schema, validate: compileSchema(schema).detailed }, retries };
}

function start(script: readonly Script[], change: Partial<SessionSettings> = {}) {
  const provider = scriptedProvider(script);
  const log = change.log ?? memory();
  const settings: SessionSettings = {
    provider,
    model: 'm',
    system: undefined,
    tools: [],
    toolChoice: 'auto',
    sampling: {},
    extraBody: {},
    stream: true,
    maxRounds: 16,
    toolTimeoutMs: 30_000,
    approval: { policy: 'ask', rules: [], canAsk: false },
    log,
    ...change,
  };
  return { session: createSession(settings, () => performance.now()), provider, log };
}

async function all(events: AsyncIterable<TurnEvent>): Promise<TurnEvent[]> {
  const seen: TurnEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

function outcomeOf(events: readonly TurnEvent[]): TurnOutcome {
  const ends = events.filter((event) => event.type === 'turn-end');
  assert.equal(ends.length, 1, 'exactly one turn-end');
  const last = events.at(-1);
  assert.ok(last?.type === 'turn-end', 'turn-end is the last event');
  return last.outcome;
}

/** The smallest log: a list, and ids that count. */
function memory(unsaved?: ChatError): ConversationLog {
  let messages: StoredMessage[] = [];
  let next = 1;
  return {
    id: 'memory',
    title: undefined,
    get messages() {
      return messages;
    },
    async append(message: Message): Promise<Appended> {
      const stored = { id: String(next++), parentId: messages.at(-1)?.id ?? null, at: '2026-01-01T00:00:00Z', message };
      messages = [...messages, stored];
      return unsaved === undefined ? { message: stored } : { message: stored, unsaved };
    },
    following: [],
    branches: [],
    rewind(parentId) {
      messages = messages.slice(0, messages.findIndex(({ id }) => id === parentId) + 1);
    },
    rename: async () => undefined,
    sync: async () => undefined,
  };
}
