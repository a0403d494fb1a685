/**
 * The lines of a conversation's file, one JSON object each:
 *
 *   {"v":1,"id":"k7f3q9m2ab","createdAt":"2026-01-31T12:01:02.000Z"}
 *   {"title":"What time is it in Seoul?"}                              the last one counts
 *   {"id":"p0c4…","parentId":null,"at":"…","message":{"role":"user","text":"What time …"}}
 *   {"id":"x9t2…","parentId":"p0c4…","at":"…","message":{"role":"assistant",…}}
 *   {"head":"p0c4…"}                                                   null: before the first message
 *
 * Lines are only ever added. Two children of one parent are two branches; the last message is the tip of the
 * active one, or what a head line behind it names. Lines of other kinds are a newer banter's and mean nothing.
 * Writing can break off anywhere, so reading expects any damage and gives up nothing but the lines that are damaged.
 */

import type { StoredMessage } from '../core/conversation.ts';
import { isJsonObject, type JsonObject, nonEmptyString, parseJson } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import { parseMessage } from './parse-message.ts';
import { redactMessage } from './redact-message.ts';

export const conversationVersion = 1;

export function headerLine(id: string, createdAt: string): string {
  return `${JSON.stringify({ v: conversationVersion, id, createdAt })}\n`;
}

export function titleLine(title: string): string {
  return `${JSON.stringify({ title })}\n`;
}

export function headLine(tip: string | null): string {
  return `${JSON.stringify({ head: tip })}\n`;
}

/** @param secrets  keys in use, which never reach the disk */
export function messageLine({ id, parentId, at, message }: StoredMessage, secrets: readonly string[]): string {
  return `${JSON.stringify({ id, parentId, at, message: redactMessage(message, secrets) })}\n`;
}

/** What `messageLine` begins with, for counting messages without parsing them. */
export const messageLineStart = '{"id":';
export const titleLineStart = '{"title":';

export interface ConversationLines {
  readonly version?: number;
  readonly createdAt?: string;
  readonly title?: string;
  /** Of all branches, in the order of the file; each parent stands before its children. */
  readonly messages: readonly StoredMessage[];
  /** The last message of the active branch; null when that is empty. */
  readonly tip: string | null;
  /** Lines in the middle that were skipped. */
  readonly damagedLines: number;
  /** Offset of a last line that is not whole; undefined when the file ends well. */
  readonly tornAt?: number;
}

export function readLines(bytes: Buffer): ConversationLines {
  const thread = new Thread();
  let header: Header | undefined;
  let title: string | undefined;
  let damagedLines = 0;
  let tornAt: number | undefined;
  let damaged: string | undefined;

  for (const { text, start, ended } of splitLines(bytes)) {
    if (/^\s*$/.test(text)) continue;
    const line = parseLine(text);
    if (line === undefined) {
      if (!ended) {
        tornAt = start;
        break;
      }
      damaged = text;
      damagedLines++;
      continue;
    }
    // A disk that was full left the beginning of a line, and the whole line followed when there was space.
    if (damaged !== undefined && text.startsWith(damaged)) damagedLines--;
    damaged = undefined;
    if (line.kind === 'header') header ??= line;
    else if (line.kind === 'title') title = line.title;
    else if (line.kind === 'head') thread.rewind(line.tip);
    else if (line.kind === 'message' && !thread.add(line.stored)) damagedLines++;
  }
  return {
    ...optional('version', header?.version),
    ...optional('createdAt', header?.createdAt),
    ...optional('title', title),
    messages: thread.messages,
    tip: thread.tip,
    damagedLines,
    ...optional('tornAt', tornAt),
  };
}

type Line =
  | Header
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'head'; readonly tip: string | null }
  | { readonly kind: 'message'; readonly stored: StoredMessage }
  | { readonly kind: 'unknown' };

interface Header {
  readonly kind: 'header';
  readonly version: number;
  readonly createdAt: string | undefined;
}

function parseLine(text: string): Line | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  if (typeof value.v === 'number') {
    return { kind: 'header', version: value.v, createdAt: nonEmptyString(value.createdAt) };
  }
  if (typeof value.title === 'string') return { kind: 'title', title: value.title };
  if (typeof value.head === 'string' || value.head === null) return { kind: 'head', tip: value.head };
  if (value.v === undefined && value.id === undefined && value.message === undefined) return { kind: 'unknown' };
  const stored = parseStored(value);
  return stored === undefined ? undefined : { kind: 'message', stored };
}

function parseStored({ id, parentId, at, message: value }: JsonObject): StoredMessage | undefined {
  const message = parseMessage(value);
  if (message === undefined || typeof id !== 'string') return undefined;
  return {
    id,
    parentId: typeof parentId === 'string' ? parentId : null,
    at: typeof at === 'string' ? at : '',
    message,
  };
}

/** Puts messages back together when a parent was lost or an id stands on two lines. */
class Thread {
  readonly messages: StoredMessage[] = [];
  #tip: string | null = null;
  /** What an id of the file means at this point: the latest message that bears it. */
  readonly #known = new Map<string, { readonly id: string; readonly stored: StoredMessage }>();

  get tip(): string | null {
    return this.#tip;
  }

  /** A head whose message is damaged changes nothing. */
  rewind(tip: string | null): void {
    this.#tip = tip === null ? null : (this.#known.get(tip)?.id ?? this.#tip);
  }

  /** False when an id was taken by another message; the message is kept under a new one. */
  add(stored: StoredMessage): boolean {
    const twin = this.#known.get(stored.id);
    if (twin !== undefined && JSON.stringify(twin.stored) === JSON.stringify(stored)) return true;
    const id = twin === undefined ? stored.id : `${stored.id}~${this.messages.length}`;
    this.#known.set(stored.id, { id, stored });
    this.messages.push({ ...stored, id, parentId: this.#parentOf(stored) });
    this.#tip = id;
    return twin === undefined;
  }

  #parentOf({ parentId }: StoredMessage): string | null {
    if (parentId === null) return null;
    // The line of the parent is damaged: what stood before it is the best guess, and loses nothing.
    return this.#known.get(parentId)?.id ?? this.messages.at(-1)?.id ?? null;
  }
}

interface RawLine {
  readonly text: string;
  /** Offset in bytes. */
  readonly start: number;
  /** A line feed follows. */
  readonly ended: boolean;
}

function* splitLines(bytes: Buffer): Generator<RawLine> {
  const hasMark = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let start = hasMark ? 3 : 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(0x0a, start);
    const end = found === -1 ? bytes.length : found;
    yield { text: decode(bytes, start, end), start, ended: found !== -1 };
    start = end + 1;
  }
}

/** Longer lines than V8 has strings for are damage. */
const maxLineBytes = 268_435_456;

function decode(bytes: Buffer, from: number, to: number): string {
  let start = from;
  // ext4 leaves NULs where data was lost with the power; what follows them on the line is whole.
  while (start < to && bytes[start] === 0) start++;
  if (start === to && from < to) return '\0';
  if (to - start > maxLineBytes) return '\0';
  // Decoding UTF-8 is most of the work of opening a large conversation; ASCII needs none of it.
  const latin1 = bytes.toString('latin1', start, to);
  return /[^\0-\x7f]/.test(latin1) ? bytes.toString('utf8', start, to) : latin1;
}
