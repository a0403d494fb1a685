/** Which conversation a person means by what they typed. */

import type { ConversationSummary } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import { conversationFiles, type FoundConversation, listFiles } from './list-conversations.ts';
import type { Paths } from './paths.ts';

/**
 * An exact id, an exact title, the beginning of an id, a part of a title, in this order; case does not matter.
 * What was typed is compared and never becomes part of a path.
 * @throws ChatError 'usage', with the candidates when there are several
 */
export async function findConversation(paths: Paths, query: string): Promise<FoundConversation> {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') throw new ChatError({ kind: 'usage', what: 'no conversation is named', hint: listHint });
  const files = conversationFiles(paths);
  const exact = files.find((file) => file.id.toLowerCase() === wanted);
  if (exact !== undefined) return exact;

  const listed = await listFiles(files);
  const summaries = listed.map(({ conversation }) => conversation);
  const tests: readonly ((summary: ConversationSummary) => boolean)[] = [
    ({ title }) => title.toLowerCase() === wanted,
    ({ id }) => id.toLowerCase().startsWith(wanted),
    ({ title }) => title.toLowerCase().includes(wanted),
  ];
  for (const test of tests) {
    const meant = summaries.filter(test);
    if (meant.length > 1) throw ambiguous(query, meant);
    const file = files.find(({ id }) => id === meant[0]?.id);
    if (file !== undefined) return file;
  }
  throw new ChatError({ kind: 'usage', what: `there is no conversation "${query}"`, hint: listHint });
}

const listHint = 'banter history list shows all';
const maxCandidates = 10;

function ambiguous(query: string, meant: readonly ConversationSummary[]): ChatError {
  const shown = meant.slice(0, maxCandidates).map(({ id, title }) => `\n  ${id}  ${title}`);
  const more = meant.length > maxCandidates ? `\n  and ${meant.length - maxCandidates} more` : '';
  return new ChatError({
    kind: 'usage',
    what: `"${query}" can mean ${meant.length} conversations:${shown.join('')}${more}`,
  });
}
