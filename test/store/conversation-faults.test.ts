import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isChatError } from '../../src/core/error.ts';
import { createConversation, listConversations, openConversation } from '../../src/store/conversations.ts';
import { buildProgram, mountSmallDisk, runProgram, temporaryPaths } from './folder.ts';

const program = buildProgram('append-messages');

test('of 20 writers killed at random moments every message they had acknowledged is there', async () => {
  const killOne = async (): Promise<boolean> => {
    const paths = temporaryPaths();
    const { child, start, lines, ended } = runProgram(program, paths.dataDir, '-', '100000', '1000000');
    start();
    const killAfter = Math.floor(Math.random() * 4);
    let acknowledged = -1;
    for await (const line of lines) {
      if (line === 'ready') continue;
      acknowledged = Number(line);
      // Anywhere in the few milliseconds one message takes.
      if (acknowledged === killAfter) setTimeout(() => child.kill('SIGKILL'), Math.random() * 6);
    }
    await ended;
    const [found] = await listConversations(paths);
    const { log, notices } = await openConversation(paths, found?.id ?? '');
    const { unsaved } = await log.append({ role: 'user', text: 'and on' });
    assert.equal(unsaved, undefined);
    const again = await openConversation(paths, log.id);
    return notices.length <= 1 && again.notices.length === 0 && again.log.messages.length >= acknowledged + 2;
  };
  let survived = 0;
  for (let round = 0; round < 10; round++) {
    for (const whole of await Promise.all([killOne(), killOne()])) survived += whole ? 1 : 0;
  }
  assert.equal(survived, 20, `survived ${survived} of 20`);
});

test('two processes in one conversation keep all their lines whole', async () => {
  const paths = temporaryPaths();
  const log = createConversation({ paths });
  await log.append({ role: 'user', text: 'begin' });
  const runs = [1, 2].map(() => runProgram(program, paths.dataDir, log.id, '500', '2000'));
  const outputs = runs.map(({ lines }) => lines[Symbol.asyncIterator]());
  for (const output of outputs) assert.equal((await output.next()).value, 'ready');
  for (const { start } of runs) start();
  for (const output of outputs) while ((await output.next()).done !== true);
  for (const { ended } of runs) assert.equal(await ended, 0);
  const [name = ''] = readdirSync(paths.conversationsDir);
  const lines = readFileSync(join(paths.conversationsDir, name), 'utf8').split('\n');
  const whole = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  assert.equal(whole.length, 1003, 'a header, a title and every message');
  const opened = await openConversation(paths, log.id);
  assert.deepEqual(opened.notices, []);
  assert.equal(opened.log.messages.length, 501, 'one of the two branches');
});

test('where the folder cannot be made the chat goes on and is saved once it can', async () => {
  const paths = temporaryPaths();
  writeFileSync(paths.dataDir, 'in the way');
  const log = createConversation({ paths });
  const first = await log.append({ role: 'user', text: 'one' });
  assert.ok(isChatError(first.unsaved, 'storage'));
  assert.ok(isChatError(await log.sync(), 'storage'));
  rmSync(paths.dataDir);
  const second = await log.append({ role: 'user', text: 'two' });
  assert.equal(second.unsaved, undefined);
  assert.deepEqual((await openConversation(paths, log.id)).log.messages, log.messages);
});

test('a folder in place of the file is told and not touched', async () => {
  const paths = temporaryPaths();
  const clock = (): Date => new Date('2026-01-31T12:01:02.000Z');
  const log = createConversation({ paths, clock, random: () => 0 });
  mkdirSync(join(paths.conversationsDir, `20260131T120102Z-${log.id}.jsonl`), { recursive: true });
  const { unsaved } = await log.append({ role: 'user', text: 'one' });
  assert.match(unsaved?.message ?? '', /it is a folder/);
});

test('a device that is always full is told each time', { skip: !readdirSync('/dev').includes('full') }, async () => {
  const paths = temporaryPaths();
  const clock = (): Date => new Date('2026-01-31T12:01:02.000Z');
  const log = createConversation({ paths, clock, random: () => 0 });
  mkdirSync(paths.conversationsDir, { recursive: true });
  symlinkSync('/dev/full', join(paths.conversationsDir, `20260131T120102Z-${log.id}.jsonl`));
  for (const text of ['one', 'two']) {
    assert.match((await log.append({ role: 'user', text })).unsaved?.message ?? '', /no space is left/);
  }
  assert.equal(log.messages.length, 2);
});

const smallDisk = mountSmallDisk();

test('on a full disk messages wait in memory and are written when there is space again', {
  skip: typeof smallDisk === 'string' ? smallDisk : false,
}, async () => {
  assert.ok(typeof smallDisk === 'object');
  const log = createConversation({ paths: smallDisk });
  const long = 'x'.repeat(9000);
  const outcomes: boolean[] = [];
  for (let n = 0; n < 10; n++) {
    const { unsaved } = await log.append({ role: 'user', text: `${n} ${long}` });
    if (unsaved !== undefined) assert.match(unsaved.message, /no space is left/);
    outcomes.push(unsaved === undefined);
  }
  assert.ok(outcomes.includes(true) && outcomes.includes(false));

  // What was saved before is intact while the disk is full.
  const saved = outcomes.indexOf(false);
  const meanwhile = await openConversation(smallDisk, log.id);
  assert.deepEqual(meanwhile.log.messages, log.messages.slice(0, saved));

  execFileSync('mount', ['-o', 'remount,size=1m', smallDisk.dataDir]);
  assert.equal(await log.sync(), undefined);
  const afterwards = await openConversation(smallDisk, log.id);
  assert.deepEqual(afterwards.log.messages, log.messages);
  assert.deepEqual(afterwards.notices, []);
});

test('on a read-only disk the conversation is read, and what is added is reported as unsaved', {
  skip: typeof smallDisk === 'string' ? smallDisk : false,
}, async () => {
  assert.ok(typeof smallDisk === 'object');
  const [found] = await listConversations(smallDisk);
  execFileSync('mount', ['-o', 'remount,ro', smallDisk.dataDir]);
  const { log, notices } = await openConversation(smallDisk, found?.id ?? '');
  assert.deepEqual(notices, []);
  assert.match((await log.append({ role: 'user', text: 'more' })).unsaved?.message ?? '', /read-only/);
});
