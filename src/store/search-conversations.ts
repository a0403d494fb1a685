/** Which conversations say something. A file is read once, and parsed only when it holds the words. */

import { readFile } from 'node:fs/promises';
import type { ConversationSummary } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import { readLines } from './conversation-lines.ts';
import { conversationFiles, listFiles } from './list-conversations.ts';
import type { Paths } from './paths.ts';
import { systemCode } from './storage-error.ts';

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
 * last comes first. What cannot be read says nothing here; the list of conversations has the reason.
 * @throws ChatError 'usage' without a word, 'storage' when the folder cannot be read, 'aborted'
 */
export async function searchConversations(
  paths: Paths,
  query: string,
  { limit, signal }: SearchOptions,
): Promise<readonly FoundPassage[]> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) throw new ChatError({ kind: 'usage', what: 'no words to look for' });
  const found: FoundPassage[] = [];
  for (const { path, conversation, isReadable } of await listFiles(conversationFiles(paths))) {
    if (signal.aborted) throw new ChatError({ kind: 'aborted' });
    if (found.length === limit) break;
    if (!isReadable) continue;
    const passage = await passageIn(path, words);
    if (passage !== undefined) found.push({ ...conversation, passage });
    else if (hasAll(conversation.title, words)) found.push({ ...conversation, passage: '' });
  }
  return found;
}

async function passageIn(path: string, words: readonly string[]): Promise<string | undefined> {
  const bytes = await read(path);
  // A word with a quote or a backslash is written otherwise in JSON.
  const plain = words.filter((word) => !/["\\]/.test(word));
  if (bytes.length <= maxTextBytes) {
    const whole = bytes.toString('utf8').toLowerCase();
    if (!plain.every((word) => whole.includes(word))) return undefined;
  }
  const found = readLines(bytes).messages.findLast(
    ({ message }) => message.role !== 'system' && hasAll(message.text, words),
  );
  return found === undefined ? undefined : around(found.message.text, words[0] ?? '');
}

/** V8 has no longer strings than twice this; a larger file is read line by line without a look at it first. */
const maxTextBytes = 268_435_456;

/** Deleted or locked away since the folder was read: nothing is found in it. */
async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return Buffer.alloc(0);
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
