/** Earlier places of a conversation to go on from. Nothing is deleted: what follows such a place is another branch. */

import type { ConversationLog, StoredMessage } from '../core/conversation.ts';

/** What the person has written on this branch, the latest first; our own words to the model are left out. */
export function writtenMessages({ messages }: Pick<ConversationLog, 'messages'>): readonly StoredMessage[] {
  return messages.filter(({ message }) => message.role === 'user' && message.correction !== true).reverse();
}

/** Those of them that nothing has followed, the latest first. */
export function unansweredMessages(log: Pick<ConversationLog, 'messages'>): readonly StoredMessage[] {
  const answered = log.messages.findLastIndex(({ message }) => message.role === 'assistant' || message.role === 'tool');
  return writtenMessages({ messages: log.messages.slice(answered + 1) });
}

/** The next message stands in the place of this one, beside it. False when it is not on this branch. */
export function rewindBefore(log: ConversationLog, id: string): boolean {
  const found = log.messages.find((message) => message.id === id);
  if (found === undefined) return false;
  log.rewind(found.parentId);
  return true;
}

/** Takes the last exchange back and returns what was written in it; undefined when there is none. */
export function undo(log: ConversationLog): string | undefined {
  const [last] = writtenMessages(log);
  if (last === undefined) return undefined;
  log.rewind(last.parentId);
  return last.message.text;
}
