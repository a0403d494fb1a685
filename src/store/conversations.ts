/** Beginning a conversation, and going on with one. */

import { appendFileSync, closeSync, fstatSync, ftruncateSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationLog } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import type { Notice } from '../core/notice.ts';
import { optional } from '../core/optional.ts';
import { plural } from '../core/plural.ts';
import { conversationFileName, newId } from './conversation-id.ts';
import { type ConversationLines, conversationVersion, readLines } from './conversation-lines.ts';
import { ConversationFileLog } from './conversation-log.ts';
import { findConversation } from './find-conversation.ts';
import type { FoundConversation } from './list-conversations.ts';
import type { Paths } from './paths.ts';
import { tighten } from './private-file.ts';
import { storageError, systemWords } from './storage-error.ts';
import { titleFrom } from './title.ts';

export { latestConversation, listConversations } from './list-conversations.ts';

export interface ConversationOptions {
  readonly clock?: () => Date;
  /** As `Math.random`. */
  readonly random?: () => number;
  /** Keys in use, read at each write: they are replaced by `[key]` in everything that is written. */
  readonly secrets?: readonly string[];
  /** Given by the person; without it the first prompt makes one. */
  readonly title?: string;
}

/** Nothing is on disk until the first message is. */
export function createConversation(options: ConversationOptions & { readonly paths: Paths }): ConversationLog {
  const { paths, clock = () => new Date(), random = Math.random, secrets = [], title } = options;
  const id = newId(random);
  const now = clock();
  return new ConversationFileLog({
    path: join(paths.conversationsDir, conversationFileName(id, now)),
    id,
    createdAt: now.toISOString(),
    clock,
    random,
    secrets,
    ...optional('title', title),
  });
}

export interface OpenedConversation {
  readonly log: ConversationLog;
  /** About damage that was found, code 'history-damaged', and a file that must not be added to, 'not-saved'. */
  readonly notices: readonly Notice[];
}

/**
 * Goes on where the conversation was left. Whatever is wrong inside the file costs the damaged lines only; a torn
 * last line is moved to `<file>.torn`. A file of a newer banter is read and not written.
 * @param query  an id, the beginning of one, or a title or part of one
 * @throws ChatError 'usage' when no conversation or more than one is meant, 'storage' when it cannot be read
 */
export async function openConversation(
  paths: Paths,
  query: string,
  options: Omit<ConversationOptions, 'title'> = {},
): Promise<OpenedConversation> {
  const { clock = () => new Date(), random = Math.random, secrets = [] } = options;
  const found = await findConversation(paths, query);
  let bytes = readWhole(found.path);
  let lines = readLines(bytes);
  if (lines.tornAt !== undefined) {
    // Perhaps another banter is in the middle of writing this line.
    await new Promise((resolve) => setTimeout(resolve, writeMs));
    bytes = readWhole(found.path);
    lines = readLines(bytes);
  }
  const readOnly = newerVersion(found, lines);
  const notices = readOnly === undefined ? mendFile(found, bytes, lines) : [notice('not-saved', readOnly.message)];
  const log = new ConversationFileLog({
    path: found.path,
    id: found.id,
    createdAt: lines.createdAt ?? found.createdAt ?? clock().toISOString(),
    clock,
    random,
    secrets,
    messages: lines.messages,
    tip: lines.tip,
    size: statSync(found.path).size,
    ...optional('title', lines.title ?? firstPrompt(lines)),
    ...optional('readOnly', readOnly),
  });
  return { log, notices };
}

/** Far longer than the system takes for one line. */
const writeMs = 50;

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw storageError(error, path, 'the conversation could not be read');
  }
}

function newerVersion({ path }: FoundConversation, { version = 0 }: ConversationLines): ChatError | undefined {
  if (version <= conversationVersion) return undefined;
  const what = `the conversation was written by a newer banter (format ${version}) and nothing can be added to it`;
  return new ChatError({ kind: 'storage', path, what });
}

/** Leaves a file that ends where the next line begins, and says what was lost. */
function mendFile({ id, path }: FoundConversation, bytes: Buffer, lines: ConversationLines): readonly Notice[] {
  const notices: Notice[] = [];
  if (bytes.length === 0) notices.push(notice('history-damaged', `conversation ${id} is empty`));
  if (lines.damagedLines > 0) {
    const count = plural(lines.damagedLines, 'line');
    notices.push(notice('history-damaged', `conversation ${id}: ${count} could not be read and ${path} keeps them`));
  }
  try {
    if (lines.tornAt !== undefined)
      notices.push(notice('history-damaged', setTornAside(id, path, bytes, lines.tornAt)));
    if (tighten(path, statSync(path).mode)) {
      const text = `conversation ${id} could be read by others; it is now yours alone`;
      notices.push({ level: 'info', code: 'permissions-tightened', text });
    }
  } catch (error) {
    notices.push(
      notice('history-damaged', `conversation ${id} breaks off and ${path} stays so: ${systemWords(error)}`),
    );
  }
  return notices;
}

function setTornAside(id: string, path: string, bytes: Buffer, tornAt: number): string {
  const aside = `${path}.torn`;
  appendFileSync(aside, Buffer.concat([bytes.subarray(tornAt), Buffer.from('\n')]), { mode: 0o600 });
  const file = openSync(path, 'r+');
  try {
    // Another process that went on with the conversation meanwhile has closed the line already.
    if (fstatSync(file).size === bytes.length) ftruncateSync(file, tornAt);
  } finally {
    closeSync(file);
  }
  return `conversation ${id} broke off in the middle of a message; the rest of that line is kept as ${aside}`;
}

function firstPrompt({ messages }: ConversationLines): string | undefined {
  const first = messages.find(({ message }) => message.role === 'user');
  return first === undefined ? undefined : titleFrom(first.message.text);
}

function notice(code: 'history-damaged' | 'not-saved', text: string): Notice {
  return { level: 'warning', code, text };
}
