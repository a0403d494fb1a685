/** Which conversations say something. A file is read once, and parsed only when it holds the words. */

import { readFile } from 'node:fs/promises';
import type { ConversationSummary } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import { readLines } from './conversation-lines.ts';
import { conversationFiles, listConversations } from './list-conversations.ts';
import type { Paths } from './paths.ts';
import { hasCode, storageError } from './storage-error.ts';

export interface FoundPassage extends ConversationSummary {
  /** The words and what stands around them, on one line; '' when only the title has them. */
  readonly passage: string;
}

export interface SearchOptions {
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * Conversations of which one message, or the title, has all the words; case does not matter. The one that changed
 * last comes first.
 * @throws ChatError 'usage' without a word, 'storage', 'aborted'
 */
export async function searchConversations(
  paths: Paths,
  query: string,
  { limit, signal }: SearchOptions,
): Promise<readonly FoundPassage[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) throw new ChatError({ kind: 'usage', what: 'no words to look for' });
  const pathOf = new Map(conversationFiles(paths).map(({ id, path }) => [id, path]));
  const found: FoundPassage[] = [];
  for (const summary of await listConversations(paths)) {
    if (signal.aborted) throw new ChatError({ kind: 'aborted' });
    if (found.length === limit) break;
    const path = pathOf.get(summary.id);
    const passage = path === undefined ? undefined : await passageIn(path, words);
    if (passage !== undefined) found.push({ ...summary, passage });
    else if (hasAll(summary.title, words)) found.push({ ...summary, passage: '' });
  }
  return found;
}

async function passageIn(path: string, words: readonly string[]): Promise<string | undefined> {
  const bytes = await read(path);
  // A word with a quote or a backslash is written otherwise in JSON.
  const plain = words.filter((word) => !/["\\]/.test(word));
  const whole = bytes.toString('utf8').toLowerCase();
  if (!plain.every((word) => whole.includes(word))) return undefined;
  const found = readLines(bytes).messages.findLast(
    ({ message }) => message.role !== 'system' && hasAll(message.text, words),
  );
  return found === undefined ? undefined : around(found.message.text, words[0] ?? '');
}

/** Deleted since the folder was read: nothing is found in it. */
async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return Buffer.alloc(0);
    throw storageError(error, path, 'the conversation could not be read');
  }
}

function hasAll(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

const before = 30;
const after = 90;

function around(text: string, word: string): string {
  const line = text.replace(/\s+/g, ' ');
  const at = Math.max(0, line.toLowerCase().indexOf(word));
  const start = Math.max(0, at - before);
  const end = at + word.length + after;
  const cut = line.slice(start, end).toWellFormed();
  return `${start > 0 ? '...' : ''}${cut}${end < line.length ? '...' : ''}`;
}
