/** What conversations there are. Ten thousand are listed in about 0.2 s: each is read once and hardly parsed. */

import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationSummary } from '../core/conversation.ts';
import { isJsonObject, parseJson } from '../core/json.ts';
import { type ConversationName, readConversationFileName } from './conversation-id.ts';
import { messageLineStart, readLines, titleLineStart } from './conversation-lines.ts';
import type { Paths } from './paths.ts';
import { hasCode, storageError, systemCode, systemWords } from './storage-error.ts';
import { titleFrom } from './title.ts';

/**
 * The one that changed last comes first. Messages of all branches are counted; a damaged line may count as one.
 * A conversation that cannot be read is listed with the reason as its title.
 * @throws ChatError 'storage' when the folder cannot be read
 */
export async function listConversations(paths: Paths): Promise<readonly ConversationSummary[]> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  return newestFirst(
    conversationFiles(paths).flatMap((file) => {
      try {
        return [{ ...file, summary: summarize(file, buffer) }];
      } catch (error) {
        // Deleted since the folder was read.
        if (hasCode(error, 'ENOENT')) return [];
        const summary = { title: `(cannot be read: ${systemWords(error)})`, messageCount: 0, changedAtMs: 0 };
        return [{ ...file, summary }];
      }
    }),
  ).map(({ id, createdAt, summary: { title, messageCount, changedAtMs } }) => {
    const updatedAt = new Date(changedAtMs).toISOString();
    return { id, title, createdAt: createdAt ?? updatedAt, updatedAt, messageCount };
  });
}

/**
 * The id of the one that changed last, for `--continue`; undefined when there is none.
 * @throws ChatError 'storage' when the folder cannot be read
 */
export async function latestConversation(paths: Paths): Promise<string | undefined> {
  const files = conversationFiles(paths).flatMap((file) => {
    const changedAtMs = changeTimeOf(file);
    return changedAtMs === undefined ? [] : [{ ...file, summary: { changedAtMs } }];
  });
  return newestFirst(files)[0]?.id;
}

/** Undefined for what cannot be gone on with: a folder, a link that leads nowhere. */
function changeTimeOf({ path }: FoundConversation): number | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats.mtimeMs : undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

export interface FoundConversation extends ConversationName {
  readonly path: string;
}

/** In no order. @throws ChatError 'storage' when the folder cannot be read; one that does not exist is empty */
export function conversationFiles(paths: Paths): readonly FoundConversation[] {
  const folder = paths.conversationsDir;
  return namesIn(folder).flatMap((name) => {
    const parsed = readConversationFileName(name);
    return parsed === undefined ? [] : [{ ...parsed, path: join(folder, name) }];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw storageError(error, folder, 'conversations could not be listed');
  }
}

/** Equal times, as after a restored backup, are ordered by file name, which begins with the time of creation. */
function newestFirst<File extends FoundConversation & { readonly summary: { readonly changedAtMs: number } }>(
  files: readonly File[],
): readonly File[] {
  return [...files].sort((a, b) => b.summary.changedAtMs - a.summary.changedAtMs || (a.path < b.path ? 1 : -1));
}

interface Summary {
  readonly title: string;
  readonly messageCount: number;
  readonly changedAtMs: number;
}

const chunkBytes = 262_144;
const maxTitleBytes = 8192;
const messageStart = Buffer.from(`\n${messageLineStart}`);
const titleStart = Buffer.from(`\n${titleLineStart}`);
/** Enough of the previous chunk to see a beginning that was cut. */
const overlapBytes = Math.max(messageStart.length, titleStart.length) - 1;

function summarize({ path }: FoundConversation, buffer: Buffer): Summary {
  const file = openSync(path, 'r');
  try {
    const { mtimeMs } = fstatSync(file);
    let messageCount = 0;
    let title: string | undefined;
    let untitled = '';
    // A line feed inside a message is escaped, so what looks like the beginning of a line is one.
    for (let position = 0; ; ) {
      const length = readSync(file, buffer, 0, buffer.length, position);
      const chunk = buffer.subarray(0, length);
      const seenBytes = position === 0 ? 0 : overlapBytes - (messageStart.length - 1);
      messageCount += countOf(messageStart, chunk.subarray(seenBytes));
      const titleAt = chunk.lastIndexOf(titleStart);
      if (titleAt !== -1) title = titleIn(chunk.subarray(titleAt + 1)) ?? titleIn(readAt(file, position + titleAt + 1));
      if (position === 0 && title === undefined) untitled = titleOfLines(chunk);
      if (length < buffer.length) break;
      position += length - overlapBytes;
    }
    return { title: title ?? untitled, messageCount, changedAtMs: mtimeMs };
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, position: number): Buffer {
  const bytes = Buffer.alloc(maxTitleBytes);
  return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, position));
}

function countOf(wanted: Buffer, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + wanted.length)) count++;
  return count;
}

/** `bytes` from the beginning of a title line; undefined when its end is not among them. */
function titleIn(bytes: Buffer): string | undefined {
  const end = bytes.indexOf(0x0a);
  if (end === -1) return undefined;
  const line = parseJson(bytes.toString('utf8', 0, end));
  return isJsonObject(line) && typeof line.title === 'string' ? line.title : '';
}

/** For a file whose title line is missing. */
function titleOfLines(bytes: Buffer): string {
  for (const { message } of readLines(bytes).messages) {
    if (message.role === 'user') return titleFrom(message.text);
  }
  return '';
}
