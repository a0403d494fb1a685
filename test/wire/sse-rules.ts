/** The standard's rules for server-sent events as a table, and a parser fed in pieces. */

import { readEvents, type ServerEvent } from '../../src/wire/sse.ts';

export const sizes = [1, 2, 3, 7, Number.POSITIVE_INFINITY] as const;

export const options = { maxEventBytes: 16 * 1024 * 1024, target: 'http://127.0.0.1' };

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function parse(input: string | Uint8Array, size = Number.POSITIVE_INFINITY): Promise<ServerEvent[]> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const events: ServerEvent[] = [];
  for await (const event of readEvents(inPieces(bytes, Math.min(size, bytes.length || 1)), options)) events.push(event);
  return events;
}

export const message = (data: string): ServerEvent => ({ name: undefined, data });

/**
 * The rules that web-platform-tests `eventsource/format-*` check, one case each, in bytes of our own.
 * Where a rule there is about reconnecting (id, retry), the events beside the field are what can be seen here.
 */
export const rules: readonly (readonly [name: string, bytes: string, events: readonly ServerEvent[]])[] = [
  ['format-bom: a BOM at the start is no text', '\uFEFFdata: a\n\ndata: b\n\n', [message('a'), message('b')]],
  ['format-bom-2: a second BOM spoils its line', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [message('b')]],
  [
    'format-comments: lines that start with a colon are skipped',
    `data: a\r:\0\n:\r\ndata: b\n:${'y'.repeat(3000)}\rdata: c\n:data: no\r:${'z'.repeat(3000)}\ndata: d\n\n`,
    [message('a\nb\nc\nd')],
  ],
  [
    'format-data-before-final-empty-line: an event without its blank line is yielded at the end, on purpose',
    'retry: 500\ndata: a\n\nid: 7\ndata: b',
    [message('a'), message('b')],
  ],
  [
    'format-field-data: data with no value is an empty line',
    'data:\n\ndata\ndata\n\ndata: a\n\n',
    [message(''), message('\n'), message('a')],
  ],
  [
    'format-field-event: the name is for one event',
    'event: x\ndata: a\n\ndata: b\n\n',
    [{ name: 'x', data: 'a' }, message('b')],
  ],
  ['format-field-event-empty: an empty name is no name', 'event: \ndata: a\n\n', [message('a')]],
  ['format-field-id: an id is no data', 'id: 1\ndata: a\n\n', [message('a')]],
  ['format-field-id-2: an id outside ASCII is no data', 'id: …\ndata: a\n\ndata: b\n\n', [message('a'), message('b')]],
  ['format-field-id-3: an empty id is no data', 'id: 1\ndata: a\n\nid\ndata: b\n\n', [message('a'), message('b')]],
  ['format-field-id-null: an id with NUL leaves the event alone', 'id: 1\0 2\ndata: a\n\n', [message('a')]],
  [
    'format-field-parsing: only the exact field names count',
    'data:\0\ndata:  2\rData: 1\ndata\0: 2\ndata: 1\r\0data: 4\nda-ta: 3\rdata_5\ndata: 3\rdata:\r\n data: 32\ndata: 4\n\n',
    [message('\0\n 2\n1\n3\n\n4')],
  ],
  ['format-field-retry: retry is no data', 'retry: 3000\ndata: a\n\n', [message('a')]],
  ['format-field-retry-bogus: a retry that is no number is ignored', 'retry: 30x\ndata: a\n\n', [message('a')]],
  ['format-field-retry-empty: an empty retry is ignored', 'retry\ndata: a\n\n', [message('a')]],
  [
    'format-field-unknown: unknown fields are ignored',
    'data: a\n data\ndata\nfoo: b\nsome words\n: words\ndata: c\n\n',
    [message('a\n\nc')],
  ],
  ['format-leading-space: one space after the colon goes', 'data:\ta\rdata: \ndata: b\n\n', [message('\ta\n\nb')]],
  ['format-newlines: CR, LF and CRLF end a line', 'data: a\r\ndata\ndata: b\r\n\r\n', [message('a\n\nb')]],
  ['format-newlines: a lone CR at the very end is a blank line', 'data: a\r\ndata\ndata: b\r\n\r', [message('a\n\nb')]],
  ['format-null-character: NUL is text', 'data: \0\n\n', [message('\0')]],
  ['format-utf-8: the bytes are UTF-8', 'data: ok…\n\n', [message('ok…')]],
  [
    'event-data: an event without data is none',
    'data: a\ndata: a\n\n:\nfalse: b\n\nfield\n\ndata\n\nevent: x\n\ndata: c\n\n',
    [message('a\na'), message(''), message('c')],
  ],
];
