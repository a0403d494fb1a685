/** A conversation whose last answer is unfinished: what is appended next becomes the end of that answer. */

import type { ConversationLog, StoredMessage } from '../core/conversation.ts';
import type { AssistantMessage, UserMessage } from '../core/message.ts';
import { joinContinued } from './join-continued.ts';

export interface Unfinished {
  readonly stored: StoredMessage;
  readonly answer: AssistantMessage;
}

/** The last answer of a branch when it was cut, stopped or broken off; undefined otherwise. */
export function unfinishedAnswer({ messages }: Pick<ConversationLog, 'messages'>): Unfinished | undefined {
  const stored = messages.at(-1);
  const answer = stored?.message;
  if (stored === undefined || answer?.role !== 'assistant' || answer.toolCalls.length > 0) return undefined;
  const isUnfinished = answer.ending === 'length' || answer.ending === 'aborted' || answer.ending === 'cut';
  return isUnfinished && answer.text.trim() !== '' ? { stored, answer } : undefined;
}

/**
 * Shows the conversation with the answer at its end, or with `request` behind it where the server has to be asked in
 * words. The first answer appended takes the place of the unfinished one, whole, on a branch beside it.
 */
export function continuingLog(
  log: ConversationLog,
  { stored, answer }: Unfinished,
  request: UserMessage | undefined,
): ConversationLog {
  let isJoined = false;
  const open = { ...stored, message: { ...answer, text: answer.text.trimEnd() } };
  const following = request === undefined ? [] : [{ ...stored, id: `${stored.id}+`, message: request }];
  return {
    id: log.id,
    get title() {
      return log.title;
    },
    get messages() {
      return isJoined ? log.messages : [...log.messages.slice(0, -1), open, ...following];
    },
    append(message) {
      if (isJoined || message.role !== 'assistant') return log.append(message);
      isJoined = true;
      log.rewind(stored.parentId);
      return log.append({ ...message, text: joinContinued(answer.text, message.text, request !== undefined) });
    },
    get following() {
      return log.following;
    },
    get branches() {
      return log.branches;
    },
    rewind: (tip) => log.rewind(tip),
    rename: (title) => log.rename(title),
    sync: () => log.sync(),
  };
}
