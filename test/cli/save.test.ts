import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { saveAs } from '../../src/cli/save.ts';
import type { ConversationLog, StoredMessage } from '../../src/core/conversation.ts';
import type { Message } from '../../src/core/message.ts';

const folder = mkdtempSync(join(tmpdir(), 'banter-save-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function logOf(...messages: readonly Message[]): ConversationLog {
  const stored: StoredMessage[] = messages.map((message, index) => ({
    id: `m${index}`,
    parentId: index === 0 ? null : `m${index - 1}`,
    at: '2026-11-21T00:30:00.000Z',
    message,
  }));
  return {
    id: 'c1',
    title: 'A talk',
    messages: stored,
    append: () => Promise.reject(new Error('nothing is appended')),
    following: [],
    branches: [],
    rewind() {},
    rename: async () => undefined,
    sync: async () => undefined,
  };
}

const log = logOf(
  { role: 'user', text: 'What time is it?' },
  {
    role: 'assistant',
    text: '',
    toolCalls: [{ id: 'a', name: 'get_time', arguments: '{"place":"서울"}' }],
    ending: 'tool-calls',
    model: 'small',
  },
  { role: 'tool', callId: 'a', name: 'get_time', outcome: 'ok', text: '```09:30```' },
  { role: 'assistant', text: 'Half past\u001b[2J nine.', toolCalls: [], ending: 'aborted' },
);
const answer = {
  text: '{"items":[{"name":"홍길동","id":9007199254740993},{"name":"=1+1","id":-2}],"total":2}',
  schema: true,
};

function save(name: string, options: Partial<Parameters<typeof saveAs>[1]> = {}): Promise<string> {
  return saveAs(join(folder, name), { replace: false, what: 'extension', log, answer, secrets: [], ...options });
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

test('a structured answer is written as the extension says, with its digits, and formulas are defused', async () => {
  assert.match(await save('a.csv'), /^Saved the last structured answer in .*a\.csv; not in its rows: total$/);
  assert.equal(read('a.csv'), "name,id\n홍길동,9007199254740993\n'=1+1,-2\n");
  await save('a.tsv');
  assert.equal(read('a.tsv').split('\n')[1], '홍길동\t9007199254740993');
  await save('a.YML');
  assert.match(read('a.YML'), /id: 9007199254740993\n/);
  await save('a.json', { what: 'value' });
  assert.match(read('a.json'), /^{\n {2}"items": \[\n(?:.*\n)*.*9007199254740993,?\n(?:.*\n)*}\n$/);
});

test('md and jsonl are the conversation, and so is json also after a structured answer', async () => {
  assert.match(await save('b.md'), /^Saved the conversation in .*: 4 messages$/);
  assert.equal(
    read('b.md'),
    [
      '# A talk',
      '',
      '## user, 2026-11-21 00:30 UTC',
      '',
      'What time is it?',
      '',
      '## assistant small, 2026-11-21 00:30 UTC',
      '',
      'Calls get_time:',
      '',
      '```',
      '{"place":"서울"}',
      '```',
      '',
      '## get_time (ok), 2026-11-21 00:30 UTC',
      '',
      '````',
      '```09:30```',
      '````',
      '',
      '## assistant, 2026-11-21 00:30 UTC',
      '',
      'Half past nine.',
      '',
      '[aborted]',
      '',
    ].join('\n'),
  );
  await save('b.jsonl');
  assert.deepEqual(
    read('b.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
    log.messages,
  );
  await save('b.json');
  assert.deepEqual(JSON.parse(read('b.json')), { id: 'c1', title: 'A talk', messages: log.messages });
});

test('a file that exists is refused, and replaced only when that is asked for, with its permissions kept', async () => {
  const path = join(folder, 'old.md');
  writeFileSync(path, 'mine');
  chmodSync(path, 0o640);
  await assert.rejects(save('old.md'), /exists already \(\/save! .*old\.md replaces it\)/);
  assert.equal(read('old.md'), 'mine');
  await save('old.md', { replace: true });
  assert.match(read('old.md'), /^# A talk/);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  await save('new.md', { replace: true });
});

test('what cannot be written is refused in words, and leaves no file', async () => {
  await assert.rejects(save('a.pdf'), /unknown kind of file: .*a\.pdf \(\.md, \.html, \.htm, \.json/);
  await assert.rejects(save('c.csv', { answer: undefined }), /csv needs a structured answer/);
  await assert.rejects(save('c.md', { log: logOf() }), /no conversation to save yet/);
  await assert.rejects(save('c.csv', { answer: { text: '[]', schema: true } }), /nothing in the last answer/);
  assert.throws(() => statSync(join(folder, 'c.csv')));
  await assert.rejects(save('no-folder/c.md'), /could not be written: there is no folder .*no-folder$/);
  await assert.rejects(save('c.md', { what: 'value' }), /unknown kind of file for a value/);
});

test('an extension that is the name of something every object has is no form', async () => {
  for (const name of ['x.constructor', 'x.toString', 'x.__proto__']) {
    await assert.rejects(save(name), /unknown kind of file/);
  }
});

test('a key in use is in no form of a file, and a number with its digits stays a number', async () => {
  const secrets = ['123456'];
  const withKey = { ...logOf({ role: 'user', text: 'my key is 123456' }), title: 'About 123456' };
  for (const name of ['key.md', 'key.json', 'key.jsonl']) {
    await save(name, { secrets, log: withKey, answer: undefined });
    assert.doesNotMatch(read(name), /123456/);
    assert.match(read(name), /my key is \[key\]/);
  }
  const value = { text: '{"key":"a 123456","123456":1,"n":123456}', schema: true };
  await save('key-value.json', { what: 'value', secrets, answer: value });
  assert.deepEqual(JSON.parse(read('key-value.json')), { key: 'a [key]', '[key]': 1, n: 123456 });
});
