import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../src/core/error.ts';
import type { Ending, Message } from '../../src/core/message.ts';
import type { TurnEvent } from '../../src/core/turn-event.ts';
import { createSession, type Session } from '../../src/session/index.ts';
import { createEchoFilter, joinContinued } from '../../src/session/join-continued.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { type Script, type ScriptedProvider, scriptedProvider, text } from '../support/scripted-provider.ts';

const never = new AbortController().signal;
const failing = (error: ChatError): Script =>
  // biome-ignore lint/correctness/useYield: it fails before it says anything
  async function* () {
    throw error;
  };
const refusal = new ChatError({ kind: 'server', target: 'http://scripted.test', status: 400, said: 'no prefill' });

async function open(
  script: readonly Script[],
  messages: readonly Message[],
  continues: boolean,
): Promise<{ session: Session; provider: ScriptedProvider; texts: () => string[] }> {
  const provider = { ...scriptedProvider(script), ...(continues && { continuesAnswer: () => true }) };
  const log = memoryLog();
  for (const message of messages) await log.append(message);
  const session = createSession(
    {
      provider,
      model: 'm',
      system: undefined,
      tools: [],
      toolChoice: 'auto',
      sampling: {},
      extraBody: {},
      stream: true,
      maxRounds: 4,
      toolTimeoutMs: 1000,
      approval: { policy: 'all', rules: [], canAsk: false },
      log,
    },
    () => 0,
  );
  return { session, provider, texts: () => log.messages.map(({ message }) => `${message.role}: ${message.text}`) };
}

const asked: Message = { role: 'user', text: 'Count.' };
const answered = (words: string, ending: Ending): Message => ({
  role: 'assistant',
  text: words,
  toolCalls: [],
  ending,
});

async function shown(events: AsyncIterable<TurnEvent> | undefined): Promise<string> {
  assert.ok(events !== undefined);
  let words = '';
  for await (const event of events) if (event.type === 'text-delta') words += event.text;
  return words;
}

test('where the server goes on by itself, the request ends with the answer, and the history has one whole answer', async () => {
  const { session, provider, texts } = await open([text(', three')], [asked, answered('one, two', 'length')], true);
  assert.equal(await shown(session.goOn(never)), ', three');
  assert.deepEqual(
    provider.requests[0]?.messages.map(({ role, text: said }) => [role, said]),
    [
      ['user', 'Count.'],
      ['assistant', 'one, two'],
    ],
  );
  assert.deepEqual(texts(), ['user: Count.', 'assistant: one, two, three']);
});

test('elsewhere it is asked in words that are not kept, and what is repeated is joined once', async () => {
  const { session, provider, texts } = await open(
    [text('four, five, six, seven')],
    [asked, answered('three, four, five, six', 'aborted')],
    false,
  );
  await shown(session.goOn(never));
  assert.equal(provider.requests[0]?.messages.at(-1)?.role, 'user');
  assert.deepEqual(texts(), ['user: Count.', 'assistant: three, four, five, six, seven']);
});

test('a server that refuses to go on by itself is asked in words', async () => {
  const { session, provider, texts } = await open(
    [failing(refusal), text('three')],
    [asked, answered('one, two,', 'cut')],
    true,
  );
  assert.equal(await shown(session.goOn(never)), 'three');
  assert.equal(provider.requests.length, 2);
  assert.deepEqual(texts(), ['user: Count.', 'assistant: one, two, three']);
});

test('when going on fails, the answer stays as it was', async () => {
  const gone = new ChatError({ kind: 'network', target: 'http://scripted.test', reason: 'refused' });
  const { session, texts } = await open([failing(gone)], [asked, answered('one, two', 'cut')], true);
  await shown(session.goOn(never));
  assert.deepEqual(texts(), ['user: Count.', 'assistant: one, two']);
});

test('a finished answer is asked for more, and without an answer there is nothing to go on with', async () => {
  const finished = await open([text('four')], [asked, answered('one, two, three', 'stop')], true);
  await shown(finished.session.goOn(never));
  assert.deepEqual(finished.texts().slice(2), ['user: Go on.', 'assistant: four']);
  const empty = await open([], [asked], true);
  assert.equal(empty.session.goOn(never), undefined);
});

test('two parts are joined with the space a token begins with, and without one in Chinese', () => {
  assert.equal(joinContinued('one', 'two', true), 'one two');
  assert.equal(joinContinued('one', ', two', true), 'one, two');
  assert.equal(joinContinued('one\n', 'two', true), 'one\ntwo');
  assert.equal(joinContinued('\u4f60', '\u597d', true), '\u4f60\u597d');
  assert.equal(joinContinued('half a wo', 'rd', false), 'half a word');
  assert.equal(
    joinContinued('said from the start', 'said from the start, and on', false),
    'said from the start, and on',
  );
});

test('what the server says once more stays off the screen, and only that', () => {
  const filter = createEchoFilter('said from the start ', false);
  assert.deepEqual(
    ['said fr', 'om the start', ' and on', ' said'].map((delta) => filter.push(delta)),
    ['', '', ' and on', ' said'],
  );
  const other = createEchoFilter('said from the start', false);
  assert.deepEqual([other.push('said f'), other.push('ast')], ['', 'said fast']);
  const short = createEchoFilter('said from the start', false);
  assert.deepEqual([short.push('said'), short.end()], ['', 'said']);
});
