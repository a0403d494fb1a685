import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { createConversation, listConversations, openConversation } from '../../src/store/conversations.ts';
import type { Paths } from '../../src/store/paths.ts';
import { searchConversations } from '../../src/store/search-conversations.ts';
import { temporaryPaths } from './folder.ts';

const never = new AbortController().signal;

async function write(paths: Paths, ...prompts: readonly string[]): Promise<string> {
  const log = createConversation({ paths });
  for (const text of prompts) await log.append({ role: 'user', text });
  return log.id;
}

async function find(paths: Paths, words: string, limit = 20): Promise<readonly string[]> {
  const found = await searchConversations(paths, words, { limit, signal: never });
  return found.map(({ id, passage }) => `${id} ${passage}`.trim());
}

test('a message that has all the words is found, in any case and script, with what stands around it', async () => {
  const paths = temporaryPaths();
  const weather = await write(paths, 'hello', 'What is the WEATHER\nlike in Busan?');
  const korean = await write(paths, '서울의 날씨는 어때요?');
  await write(paths, 'weather in one message', 'Busan in another');
  assert.deepEqual(await find(paths, 'busan weather'), [`${weather} What is the WEATHER like in Busan?`]);
  assert.deepEqual(await find(paths, '날씨'), [`${korean} 서울의 날씨는 어때요?`]);
  assert.deepEqual(await find(paths, 'nowhere'), []);
  assert.equal((await find(paths, 'weather', 1)).length, 1);
});

test('a word with a quote is found, and a title that was given is too', async () => {
  const paths = temporaryPaths();
  const quoted = await write(paths, `${'a '.repeat(100)}he said "no" to it${' b'.repeat(100)}`);
  assert.match((await find(paths, 'said "no"'))[0] ?? '', new RegExp(`^${quoted} \\.\\.\\..*"no".*\\.\\.\\.$`));
  const { log } = await openConversation(paths, quoted);
  assert.equal(await log.rename('Refusals, collected'), undefined);
  assert.deepEqual(await find(paths, 'collected'), [quoted]);
  assert.equal((await listConversations(paths))[0]?.title, 'Refusals, collected');
  assert.equal((await openConversation(paths, 'collected')).log.title, 'Refusals, collected');
});

test('no words are refused, and a search can be stopped', async () => {
  const paths = temporaryPaths();
  await write(paths, 'one');
  await assert.rejects(find(paths, '  '), (error) => isChatError(error, 'usage'));
  const stopped = searchConversations(paths, 'one', { limit: 1, signal: AbortSignal.abort() });
  await assert.rejects(stopped, (error) => isChatError(error, 'aborted'));
});

test('an entry that cannot be read does not keep the others from being found', async () => {
  const paths = temporaryPaths();
  const id = await write(paths, 'cannot be told');
  mkdirSync(join(paths.conversationsDir, 'backup.jsonl'));
  assert.deepEqual(await find(paths, 'cannot be'), [`${id} cannot be told`]);
});
