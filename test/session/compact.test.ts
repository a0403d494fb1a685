import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import type { Message } from '../../src/core/message.ts';
import { listBranches, redo, rewindBefore, switchBranch, undo, writtenMessages } from '../../src/session/branches.ts';
import { compact } from '../../src/session/compact.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import { finish, type Script, scriptedProvider, text } from '../support/scripted-provider.ts';

const never = new AbortController().signal;
const user = (words: string): Message => ({ role: 'user', text: words });
const answer = (words: string): Message => ({ role: 'assistant', text: words, toolCalls: [], ending: 'stop' });
const exchanges = [user('q1'), answer('a1'), user('q2'), answer('a2')];

async function open(script: readonly Script[], messages: readonly Message[]) {
  const log = memoryLog();
  for (const message of messages) await log.append(message);
  const provider = scriptedProvider(script);
  const settings = {
    provider,
    model: 'm',
    system: 'Be brief.',
    tools: [],
    toolChoice: 'auto',
    sampling: { maxTokens: 5 },
    extraBody: {},
    stream: true,
    maxRounds: 4,
    toolTimeoutMs: 1000,
    approval: { policy: 'all', rules: [], canAsk: false },
    log,
  } as const;
  const texts = () => log.messages.map(({ message }) => `${message.role}: ${message.text}`);
  return { log, provider, settings, texts };
}

test('a summary takes the place of what came before the last exchange, on a branch that sends roles in turn', async () => {
  const { provider, settings, texts, log } = await open([text('Sum.')], exchanges);
  const done = await compact(settings, never);
  assert.deepEqual([done?.replaced.length, done?.summary], [2, 'Sum.']);
  assert.deepEqual(
    [texts()[0], ...texts().slice(2)],
    ['system: Be brief.', 'assistant: Sum.', 'user: q2', 'assistant: a2'],
  );
  assert.equal(log.messages[0]?.parentId, null);
  assert.equal(provider.requests[0]?.sampling.maxTokens, undefined);
  assert.match(provider.requests[0]?.messages[0]?.text ?? '', /User:\nq1\n\nAssistant:\na1\n<\/conversation>$/);
  assert.deepEqual(
    writtenMessages(log).map(({ message }) => message.text),
    ['q2'],
  );
});

test('a question without an answer stays to be asked again', async () => {
  const { settings, texts } = await open([text('Sum.')], [...exchanges, user('too long?')]);
  await compact(settings, never);
  assert.deepEqual(texts().slice(2), ['assistant: Sum.', 'user: too long?']);
});

test('one exchange is not summed up, and a summary that is cut or empty changes nothing', async () => {
  const short = await open([], exchanges.slice(0, 2));
  assert.equal(await compact(short.settings, never), undefined);
  for (const script of [[{ type: 'text-delta', text: 'Su' }, finish('length')], [finish('stop')]] as Script[]) {
    const { settings, texts } = await open([script], exchanges);
    await assert.rejects(compact(settings, never), (error) => isChatError(error, 'stream'));
    assert.deepEqual(texts(), ['user: q1', 'assistant: a1', 'user: q2', 'assistant: a2']);
  }
});

test('undo takes exchanges back one after the other, redo brings them back, and an earlier message can be gone on from', async () => {
  const { log, texts } = await open([], exchanges);
  const first = writtenMessages(log)[1];
  const whole = texts();
  assert.equal(await redo(log), undefined);
  assert.deepEqual(await undo(log), { text: 'q2' });
  assert.deepEqual(texts(), ['user: q1', 'assistant: a1']);
  assert.deepEqual(await undo(log), { text: 'q1' });
  assert.deepEqual(await redo(log), { text: 'q1' });
  assert.deepEqual(texts(), ['user: q1', 'assistant: a1']);
  assert.deepEqual(await redo(log), { text: 'q2' });
  assert.deepEqual(texts(), whole);
  log.rewind(log.messages.at(-2)?.id ?? null);
  assert.deepEqual([await redo(log), texts()], [{ text: 'q2' }, whole], 'an answer in whose place none came');
  await undo(log);
  assert.ok(first !== undefined && rewindBefore(log, first.id));
  assert.deepEqual([texts(), await undo(log), rewindBefore(log, first.id)], [[], undefined, false]);
  await log.append({ role: 'user', text: 'other' });
  assert.equal(await redo(log), undefined);
});

test('the beginning of an answer that was gone on with is no branch of its own', async () => {
  const { log } = await open([], exchanges);
  const asked = log.messages.at(-2)?.id ?? null;
  log.rewind(asked);
  await log.append({ role: 'assistant', text: 'The first half', toolCalls: [], ending: 'aborted' });
  log.rewind(asked);
  await log.append({ role: 'assistant', text: 'The first half and the rest', toolCalls: [], ending: 'stop' });
  assert.deepEqual(
    listBranches(log).map(({ answer }) => answer),
    ['The first half and the rest', 'a2'],
  );
});

test('every branch is listed by what was written there last, and can be gone to', async () => {
  const { log, texts } = await open([], exchanges);
  const whole = texts();
  await undo(log);
  await log.append({ role: 'user', text: 'other' });
  const listed = listBranches(log).map(({ text, count, current }) => [text, count, current]);
  assert.deepEqual(listed, [
    ['other', 2, true],
    ['q2', 2, false],
  ]);
  await switchBranch(log, listBranches(log)[1]?.tip ?? '');
  assert.deepEqual(texts(), whole);
  assert.deepEqual(
    listBranches(log).map(({ current }) => current),
    [false, true],
  );
  await undo(log);
  assert.deepEqual(await redo(log), { text: 'q2' }, 'what was taken back, not what was added last');
  await undo(log);
  assert.ok(
    listBranches(log).every(({ current }) => !current),
    'what was taken back can be gone to',
  );
});
