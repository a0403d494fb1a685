import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConversationLog } from '../../src/core/conversation.ts';
import { isChatError } from '../../src/core/error.ts';
import {
  createConversation,
  latestConversation,
  listConversations,
  openConversation,
} from '../../src/store/conversations.ts';
import { memoryLog } from '../../src/store/memory-log.ts';
import type { Paths } from '../../src/store/paths.ts';
import { temporaryPaths } from './folder.ts';

const texts = (log: ConversationLog): string[] => log.messages.map(({ message }) => message.text);

async function conversationOf(paths: Paths, ...prompts: readonly string[]): Promise<ConversationLog> {
  const log = createConversation({ paths });
  for (const text of prompts) assert.equal((await log.append({ role: 'user', text })).unsaved, undefined);
  return log;
}

function fileOf(paths: Paths, log: ConversationLog): string {
  const name = readdirSync(paths.conversationsDir).find((file) => file.endsWith(`-${log.id}.jsonl`));
  return join(paths.conversationsDir, name ?? 'none');
}

test('nothing is on disk before the first message, and then all of it, 0600 in 0700', async () => {
  for (const umask of [0o000, 0o077]) {
    const before = process.umask(umask);
    try {
      const paths = temporaryPaths();
      const log = createConversation({ paths });
      assert.equal(await log.sync(), undefined);
      assert.equal(existsSync(paths.dataDir), false);
      await log.append({ role: 'user', text: 'hello' });
      assert.equal(await log.sync(), undefined);
      assert.equal(statSync(fileOf(paths, log)).mode & 0o777, 0o600);
      assert.equal(statSync(paths.conversationsDir).mode & 0o777, 0o700);
      assert.equal(readFileSync(fileOf(paths, log), 'utf8').split('\n').length, 4);
    } finally {
      process.umask(before);
    }
  }
});

test('a conversation is opened again with its messages, ids, title and order', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two');
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual(opened.messages, log.messages);
  assert.deepEqual([opened.id, opened.title], [log.id, 'one']);
  assert.deepEqual(notices, []);
  await opened.append({ role: 'user', text: 'three' });
  assert.deepEqual(texts((await openConversation(paths, log.id)).log), ['one', 'two', 'three']);
});

test('after a rewind the next message begins another branch, which is the one that is opened', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two', 'three');
  log.rewind(log.messages[0]?.id ?? null);
  assert.deepEqual(texts(log), ['one']);
  await log.append({ role: 'user', text: 'other' });
  assert.deepEqual(texts((await openConversation(paths, log.id)).log), ['one', 'other']);
  log.rewind(null);
  await log.append({ role: 'user', text: 'root' });
  assert.deepEqual(texts((await openConversation(paths, log.id)).log), ['root']);
  assert.equal((await listConversations(paths))[0]?.messageCount, 5);
  assert.throws(() => log.rewind('nothing'));
});

test('a branch that was gone back to is the one that is opened, after a sync and without a message', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two', 'three');
  const open = async () => (await openConversation(paths, log.id)).log;
  const written = () => readFileSync(fileOf(paths, log), 'utf8');
  const before = written();
  log.rewind(log.messages[0]?.id ?? null);
  assert.equal(await log.sync(), undefined);
  assert.equal(await log.sync(), undefined);
  assert.equal(written(), `${before}{"head":"${log.messages[0]?.id}"}\n`);
  assert.deepEqual(texts(await open()), ['one']);

  const again = await open();
  assert.deepEqual(
    again.following.map(({ message }) => message.text),
    ['two', 'three'],
  );
  again.rewind(null);
  await again.sync();
  const empty = await open();
  assert.deepEqual([texts(empty), empty.title], [[], 'one']);
  rmSync(fileOf(paths, log));
  await empty.sync();
  assert.deepEqual([texts(await open()), (await open()).following.length], [[], 3], 'a deleted file comes back whole');
  await empty.append({ role: 'user', text: 'anew' });
  assert.deepEqual(texts(await open()), ['anew']);
});

test('two that write to one conversation hear of each other once each time, and every branch can be gone to', async () => {
  const paths = temporaryPaths();
  const first = await conversationOf(paths, 'one');
  const second = (await openConversation(paths, first.id)).log;
  const say = async (log: ConversationLog, text: string) => (await log.append({ role: 'user', text })).elsewhere;
  assert.equal(await say(second, 'b'), undefined);
  assert.deepEqual([await say(first, 'a'), await say(first, 'a2')], [true, undefined]);
  assert.deepEqual([await say(second, 'b2'), await say(second, 'b3')], [true, undefined]);
  const read = (await openConversation(paths, first.id)).log;
  const branches = read.branches.map((branch) => branch.map(({ message }) => message.text).join(' '));
  assert.deepEqual(branches, ['one b b2 b3', 'one a a2']);
  read.rewind(read.branches[1]?.at(-1)?.id ?? null);
  await read.sync();
  assert.deepEqual(texts((await openConversation(paths, first.id)).log), ['one', 'a', 'a2']);
});

test('of two that go back in one file the last one counts, and neither breaks a line of the other', async () => {
  const paths = temporaryPaths();
  const first = await conversationOf(paths, 'one', 'two');
  const second = (await openConversation(paths, first.id)).log;
  first.rewind(null);
  await first.sync();
  await second.append({ role: 'user', text: 'three' });
  assert.deepEqual(texts((await openConversation(paths, first.id)).log), ['one', 'two', 'three']);
  second.rewind(second.messages[0]?.id ?? null);
  await second.sync();
  const { log, notices } = await openConversation(paths, first.id);
  assert.deepEqual([texts(log), notices], [['one'], []]);
});

test('a title is the one given, or how the first prompt begins', async () => {
  const paths = temporaryPaths();
  const named = createConversation({ paths, title: 'My title' });
  await named.append({ role: 'user', text: 'hello' });
  assert.equal((await openConversation(paths, named.id)).log.title, 'My title');

  const long = createConversation({ paths });
  await long.append({ role: 'system', text: 'be brief' });
  assert.equal(long.title, undefined);
  await long.append({ role: 'user', text: `${'👨‍👩‍👧 가\n'.repeat(50)}${'x'.repeat(300_000)}` });
  const title = long.title ?? '';
  assert.equal([...new Intl.Segmenter().segment(title)].length, 60);
  assert.ok(title.endsWith('👨‍👩‍👧…') || title.endsWith('가…'));
  assert.equal((await openConversation(paths, long.id)).log.title, title);
  assert.deepEqual((await listConversations(paths)).map((summary) => summary.title).sort(), ['My title', title].sort());
});

test('a torn last line is kept in a file of its own, told once, and the chat goes on', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two');
  const file = fileOf(paths, log);
  truncateSync(file, statSync(file).size - 5);
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual(texts(opened), ['one']);
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['history-damaged'],
  );
  assert.match(readFileSync(`${file}.torn`, 'utf8'), /^\{"id":.*"text":"tw\n$/);
  assert.equal(statSync(`${file}.torn`).mode & 0o777, 0o600);
  await opened.append({ role: 'user', text: 'three' });
  const again = await openConversation(paths, log.id);
  assert.deepEqual([texts(again.log), again.notices], [['one', 'three'], []]);
  assert.equal((await listConversations(paths)).length, 1);
});

test('a last line that only lacks its line feed is a message, and the next one begins on a line of its own', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two');
  const file = fileOf(paths, log);
  truncateSync(file, statSync(file).size - 1);
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual([texts(opened), notices], [['one', 'two'], []]);
  await opened.append({ role: 'user', text: 'three' });
  const again = await openConversation(paths, log.id);
  assert.deepEqual([texts(again.log), again.notices], [['one', 'two', 'three'], []]);
});

test('damaged lines are counted, kept and cost nothing else', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one');
  appendFileSync(fileOf(paths, log), '{"id":7}\n[]\n\0\0\0\n');
  await log.append({ role: 'user', text: 'two' });
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual(texts(opened), ['one', 'two']);
  assert.match(notices[0]?.text ?? '', /3 lines/);
  assert.match(readFileSync(fileOf(paths, log), 'utf8'), /\{"id":7\}/);
});

test('an empty file is an empty conversation that can be filled', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one');
  truncateSync(fileOf(paths, log), 0);
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual([opened.messages, notices.length], [[], 1]);
  await opened.append({ role: 'user', text: 'two' });
  const again = await openConversation(paths, log.id);
  assert.deepEqual([texts(again.log), again.notices], [['two'], []]);
});

test('the file of a newer version is read and never written', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one');
  const file = fileOf(paths, log);
  writeFileSync(file, readFileSync(file, 'utf8').replace('{"v":1', '{"v":2'));
  const before = readFileSync(file, 'utf8');
  const { log: opened, notices } = await openConversation(paths, log.id);
  assert.deepEqual(
    notices.map(({ code }) => code),
    ['not-saved'],
  );
  const { unsaved } = await opened.append({ role: 'user', text: 'two' });
  assert.ok(isChatError(unsaved, 'storage'));
  assert.ok(isChatError(await opened.sync(), 'storage'));
  assert.deepEqual(texts(opened), ['one', 'two']);
  assert.equal(readFileSync(file, 'utf8'), before);
});

test('a file that is deleted or renamed meanwhile comes back whole with the next message', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one', 'two');
  rmSync(paths.dataDir, { recursive: true });
  await log.append({ role: 'user', text: 'three' });
  assert.deepEqual(texts((await openConversation(paths, log.id)).log), ['one', 'two', 'three']);
  renameSync(fileOf(paths, log), `${fileOf(paths, log)}.moved`);
  assert.equal(await log.sync(), undefined);
  assert.deepEqual(texts((await openConversation(paths, log.id)).log), ['one', 'two', 'three']);
});

test('a conversation others could read is tightened and told once', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one');
  chmodSync(fileOf(paths, log), 0o644);
  const { notices } = await openConversation(paths, log.id);
  assert.deepEqual(
    notices.map(({ level }) => level),
    ['info'],
  );
  assert.equal(statSync(fileOf(paths, log)).mode & 0o777, 0o600);
  assert.deepEqual((await openConversation(paths, log.id)).notices, []);
});

test('a conversation is found by the beginning of its id, its title and a part of its title', async () => {
  const paths = temporaryPaths();
  const clock = await conversationOf(paths, 'What time is it in Seoul?');
  await conversationOf(paths, 'What is the weather?');
  for (const query of [clock.id, clock.id.slice(0, 6).toUpperCase(), 'what TIME is it in seoul?', 'Seoul']) {
    assert.equal((await openConversation(paths, query)).log.id, clock.id, query);
  }
});

test('what means several conversations lists them, what means none says so, and nothing becomes a path', async () => {
  const paths = temporaryPaths();
  const first = await conversationOf(paths, 'same');
  const second = await conversationOf(paths, 'same');
  await assert.rejects(
    openConversation(paths, 'same'),
    (error) => isChatError(error, 'usage') && error.message.includes(first.id) && error.message.includes(second.id),
  );
  writeFileSync(join(paths.dataDir, 'outside.jsonl'), '');
  for (const query of ['nothing', '../outside', '../outside.jsonl', '\0', '', ' ', 'x'.repeat(100_000)]) {
    await assert.rejects(openConversation(paths, query), (error) => isChatError(error, 'usage'));
  }
});

test('the list has the one that changed last in front, whatever the clock said', async () => {
  const paths = temporaryPaths();
  const clock = (): Date => new Date('2030-01-01T00:00:00.000Z');
  const future = createConversation({ paths, clock });
  await future.append({ role: 'user', text: 'future' });
  const plain = await conversationOf(paths, 'plain', 'more');
  utimesSync(fileOf(paths, future), 1000, 1000);
  utimesSync(fileOf(paths, plain), 2000, 2000);
  const [newest, oldest, ...more] = await listConversations(paths);
  assert.deepEqual(more, []);
  assert.deepEqual([newest?.title, newest?.messageCount, newest?.updatedAt], ['plain', 2, '1970-01-01T00:33:20.000Z']);
  assert.deepEqual([oldest?.id, oldest?.createdAt], [future.id, '2030-01-01T00:00:00.000Z']);
  assert.equal(await latestConversation(paths), plain.id);
});

test('without a folder there are no conversations', async () => {
  const paths = temporaryPaths();
  assert.deepEqual(await listConversations(paths), []);
  assert.equal(await latestConversation(paths), undefined);
});

test('the list survives folders, strangers and other names among the files', async () => {
  const paths = temporaryPaths();
  const log = await conversationOf(paths, 'one');
  mkdirSync(join(paths.conversationsDir, 'folder.jsonl'));
  writeFileSync(join(paths.conversationsDir, 'notes.txt'), 'x');
  writeFileSync(
    join(paths.conversationsDir, 'Imported chat.jsonl'),
    '{"message":{"role":"user","text":"hi"},"id":"a"}\n',
  );
  const list = await listConversations(paths);
  assert.deepEqual(list.map(({ id }) => id).sort(), ['Imported chat', 'folder', log.id].sort());
  assert.match(list.find(({ id }) => id === 'folder')?.title ?? '', /cannot be read/);
  assert.equal(list.find(({ id }) => id === 'Imported chat')?.title, 'hi');
  assert.deepEqual(texts((await openConversation(paths, 'imported')).log), ['hi']);
  await assert.rejects(openConversation(paths, 'folder'), (error) => isChatError(error, 'storage'));
});

test('a conversation larger than one read is counted right', async () => {
  const paths = temporaryPaths();
  const log = createConversation({ paths });
  for (let n = 0; n < 300; n++) await log.append({ role: 'user', text: '\n{"id":'.repeat((n * 97) % 900) });
  assert.ok(statSync(fileOf(paths, log)).size > 1_000_000);
  const [summary] = await listConversations(paths);
  assert.deepEqual([summary?.messageCount, summary?.title], [300, log.title]);
});

test('a message at any place of the border between two reads is counted once', async () => {
  const paths = temporaryPaths();
  mkdirSync(paths.conversationsDir, { recursive: true });
  const file = join(paths.conversationsDir, 'a.jsonl');
  const line = '{"id":"a"}\n';
  for (let shift = 0; shift < 30; shift++) {
    const filler = `${'x'.repeat(262_144 - 20 + shift)}\n`;
    writeFileSync(file, filler + line + filler + line);
    assert.equal((await listConversations(paths))[0]?.messageCount, 2, `shifted by ${shift}`);
  }
});

test('a key in use is in no file, not in the title either', async () => {
  const paths = temporaryPaths();
  const secret = 'opensesame-1234567890';
  const log = createConversation({ paths, secrets: [secret] });
  await log.append({ role: 'user', text: `${'x'.repeat(50)} ${secret}` });
  const named = createConversation({ paths, secrets: [secret], title: `about ${secret}` });
  await named.append({ role: 'user', text: 'hello' });
  for (const each of [log, named]) assert.doesNotMatch(readFileSync(fileOf(paths, each), 'utf8'), /opense/);
  assert.equal(named.title, 'about [key]');
});

test('a hundred conversations begun in one second differ early in their ids', async () => {
  const clock = (): Date => new Date('2026-01-31T12:01:02.000Z');
  const ids = Array.from({ length: 100 }, () => createConversation({ paths: temporaryPaths(), clock }).id);
  assert.equal(new Set(ids.map((id) => id.slice(0, 6))).size, 100);
  assert.ok(ids.every((id) => /^[0-9a-hjkmnp-tv-z]{10}$/.test(id)));
});

test('a conversation in memory behaves the same and leaves nothing', async () => {
  const log = memoryLog();
  await log.append({ role: 'user', text: 'one' });
  const { message, unsaved } = await log.append({ role: 'user', text: 'two' });
  assert.deepEqual([message.parentId, unsaved], [log.messages[0]?.id, undefined]);
  log.rewind(message.parentId);
  await log.append({ role: 'user', text: 'three' });
  assert.deepEqual([texts(log), log.title, await log.sync()], [['one', 'three'], 'one', undefined]);
});
