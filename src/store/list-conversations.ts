/** What conversations there are. Five thousand are listed in about 0.3 s, in which nothing else has to wait. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ConversationSummary } from '../core/conversation.ts';
import { type ConversationName, readConversationFileName } from './conversation-id.ts';
import type { Paths } from './paths.ts';
import { hasCode, storageError, systemCode, systemWords } from './storage-error.ts';
import { type FileSummary, summarizeFile, summaryBufferBytes } from './summarize-file.ts';

/**
 * The one that changed last comes first. Messages of all branches are counted; a damaged line may count as one.
 * A conversation that cannot be read is listed with the reason as its title.
 * @throws ChatError 'storage' when the folder cannot be read
 */
export async function listConversations(paths: Paths): Promise<readonly ConversationSummary[]> {
  return (await listFiles(conversationFiles(paths))).map(({ conversation }) => conversation);
}

export interface ListedFile {
  readonly path: string;
  readonly conversation: ConversationSummary;
  readonly isReadable: boolean;
}

/** The same for files of the folder, each with its path. */
export async function listFiles(files: readonly FoundConversation[]): Promise<readonly ListedFile[]> {
  const found: (FoundConversation & { readonly summary: FileSummary; readonly isReadable: boolean })[] = [];
  const waiting = files.values();
  const work = async (): Promise<void> => {
    const buffer = Buffer.allocUnsafe(summaryBufferBytes);
    for (const file of waiting) {
      try {
        found.push({ ...file, summary: await summarizeFile(file.path, buffer), isReadable: true });
      } catch (error) {
        // Deleted since the folder was read.
        if (hasCode(error, 'ENOENT')) continue;
        const summary = { title: `(cannot be read: ${systemWords(error)})`, messageCount: 0, changedAtMs: 0 };
        found.push({ ...file, summary, isReadable: false });
      }
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, work));
  return newestFirst(found).map(
    ({ id, path, createdAt, summary: { title, messageCount, changedAtMs }, isReadable }) => {
      const updatedAt = new Date(changedAtMs).toISOString();
      return {
        path,
        isReadable,
        conversation: { id, title, createdAt: createdAt ?? updatedAt, updatedAt, messageCount },
      };
    },
  );
}

/** As many threads as Node has for files. */
const readAtOnce = 4;

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
