import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/core/message.ts';
import { headerLine, headLine, messageLine, readLines, titleLine } from '../../src/store/conversation-lines.ts';

const user = (text: string): Message => ({ role: 'user', text });

function line(id: string, parentId: string | null, message: Message = user(`text of ${id}`)): string {
  return messageLine({ id, parentId, at: '2026-01-31T12:01:02.000Z', message }, []);
}

const lines = [
  headerLine('k7f3', '2026-01-31T12:01:00.000Z'),
  titleLine('T'),
  line('a', null),
  line('b', 'a'),
  line('c', 'b'),
];

function read(text: string) {
  const { messages, damagedLines, tornAt, ...rest } = readLines(Buffer.from(text));
  return { ids: messages.map(({ id, parentId }) => `${parentId}>${id}`), damagedLines, tornAt, ...rest };
}

const whole = {
  ids: ['null>a', 'a>b', 'b>c'],
  damagedLines: 0,
  tornAt: undefined,
  version: 1,
  createdAt: '2026-01-31T12:01:00.000Z',
  title: 'T',
  tip: 'c',
};

test('what was written is read back unchanged, every kind of message', () => {
  const messages: Message[] = [
    { role: 'system', text: 'be brief' },
    user('한국어 \u2028 "quoted" \\ \n 👨‍👩‍👧 \u001b[31m \ud800'),
    {
      role: 'assistant',
      text: '',
      reasoning: 'hm',
      toolCalls: [{ id: '1', name: 'clock', arguments: '{"half', replay: { signature: 'x' } }],
      ending: 'tool-calls',
      model: 'm',
      usage: { promptTokens: 1, cachedTokens: 0 },
      replay: { blocks: [null] },
    },
    { role: 'tool', callId: '1', name: 'clock', outcome: 'denied', text: 'no' },
    { role: 'assistant', text: 'part', toolCalls: [], ending: 'cut' },
  ];
  const text = messages.map((message, index) => line(`m${index}`, null, message)).join('');
  const read = readLines(Buffer.from(text));
  assert.deepEqual(
    read.messages.map(({ message }) => message),
    messages,
  );
  assert.equal(read.damagedLines, 0);
});

test('a whole file is read, with CRLF, a byte order mark or blank lines too', () => {
  const text = lines.join('');
  assert.deepEqual(read(text), whole);
  assert.deepEqual(read(text.replaceAll('\n', '\r\n')), whole);
  assert.deepEqual(read(`\ufeff${text}`), whole);
  assert.deepEqual(read(`\n${text.replaceAll('\n', '\n\n')}\n`), whole);
});

test('an empty file has nothing', () => {
  assert.deepEqual(readLines(Buffer.alloc(0)), { messages: [], tip: null, damagedLines: 0 });
});

test('the branch ends where the last head says, or with a message behind it', () => {
  const tipOf = (...added: readonly string[]) => read([...lines, ...added].join('')).tip;
  assert.equal(tipOf(), 'c');
  assert.equal(tipOf(headLine('a')), 'a');
  assert.equal(tipOf(headLine('a'), headLine(null)), null);
  assert.equal(tipOf(headLine(null), line('d', 'a')), 'd');
  assert.equal(tipOf(headLine('lost')), 'c');
  assert.equal(tipOf(headLine('a').slice(0, -2)), 'c', 'torn');
});

test('a line of a kind that is not known yet means nothing and is no damage', () => {
  assert.deepEqual(read([...lines, '{"star":true}\n'].join('')), whole);
});

test('cut at every byte of the last two lines, all earlier messages are there', () => {
  const bytes = Buffer.from(lines.join(''));
  const from = bytes.length - Buffer.byteLength(lines.slice(-2).join(''));
  for (let end = from; end <= bytes.length; end++) {
    const { messages, damagedLines, tornAt } = readLines(bytes.subarray(0, end));
    assert.ok(messages.length >= 1 && messages[0]?.id === 'a', `cut at ${end}`);
    assert.equal(damagedLines, 0);
    if (tornAt !== undefined) assert.equal(bytes[tornAt - 1], 0x0a);
  }
});

test('NULs at the end are a torn line, and NULs in front of a line cost nothing', () => {
  const text = lines.join('');
  assert.deepEqual(read(`${text}\0\0\0`), { ...whole, tornAt: Buffer.byteLength(text) });
  assert.deepEqual(read(`${lines.slice(0, 4).join('')}\0\0${lines[4]}`), whole);
});

test('a damaged line in the middle is counted and its children are joined to what stood before it', () => {
  const text = [...lines.slice(0, 3), '{"id":"b","parentId":"a","mess\n', lines[4]].join('');
  assert.deepEqual(read(text), { ...whole, ids: ['null>a', 'a>c'], damagedLines: 1 });
});

test('the beginning of a line that was written again is no damage', () => {
  const torn = lines[3]?.slice(0, 30);
  assert.deepEqual(read([...lines.slice(0, 3), `${torn}\n`, ...lines.slice(3)].join('')), whole);
});

test('a line without header fields costs the header only', () => {
  const { version, createdAt, ...rest } = whole;
  assert.deepEqual(read(`{"v":"1"}\n${lines.slice(1).join('')}`), { ...rest, damagedLines: 1 });
});

test('a line that stands twice is read once, another one with the same id is kept and counted', () => {
  assert.deepEqual(read([...lines, lines[3], lines[4]].join('')), whole);
  const other = line('b', 'a', user('another'));
  const { ids, damagedLines } = read([...lines.slice(0, 4), other, lines[4]].join(''));
  assert.deepEqual(ids, ['null>a', 'a>b', 'a>b~2', 'b~2>c']);
  assert.equal(damagedLines, 1);
});

test('the last title counts', () => {
  assert.equal(readLines(Buffer.from(lines.join('') + titleLine('renamed'))).title, 'renamed');
});

test('a thousand random byte flips never fail and keep every line that was not hit', () => {
  const bytes = Buffer.from(lines.join('').repeat(1));
  // A small generator with a fixed seed, so that a failure can be repeated.
  let seed = 42;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 1000; round++) {
    const copy = Buffer.from(bytes);
    copy[next(copy.length)] = next(256);
    const { messages, damagedLines, tornAt } = readLines(copy);
    const lost = damagedLines + (tornAt === undefined ? 0 : 1);
    assert.ok(messages.length >= 1 && lost <= 2, `round ${round}: ${messages.length} messages, ${lost} lost`);
  }
});

test('a key in use reaches the disk nowhere, and the shape of one not in what a tool returned', () => {
  const secret = 'opensesame-1234';
  const shaped = 'sk-abcdefghijklmnopqrstuvwx';
  const texts: Message[] = [
    user(`my key is ${secret} and ${shaped}`),
    {
      role: 'assistant',
      text: secret,
      reasoning: secret,
      toolCalls: [{ id: '1', name: 't', arguments: `{"k":"${secret}"}` }],
      ending: 'stop',
    },
    { role: 'tool', callId: '1', name: 't', outcome: 'ok', text: `${secret} ${shaped}` },
  ];
  const [first = '', second = '', third = ''] = texts.map((message) =>
    messageLine({ id: 'a', parentId: null, at: '', message }, [secret]),
  );
  assert.ok(![first, second, third].join('').includes(secret));
  assert.ok(first.includes(shaped), 'a person keeps what they wrote');
  assert.ok(!third.includes(shaped));
});
