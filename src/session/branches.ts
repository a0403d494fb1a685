/** Earlier places of a conversation to go on from. Nothing is deleted: what follows such a place is another branch. */

import type { Branch, ConversationLog, StoredMessage } from '../core/conversation.ts';
import type { ChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';

/** What the person has written on this branch, the latest first; our own words to the model are left out. */
export function writtenMessages({ messages }: Pick<ConversationLog, 'messages'>): readonly StoredMessage[] {
  return messages.filter(isWritten).reverse();
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

export interface Moved {
  /** What the person wrote in the exchange that was taken back or brought back. */
  readonly text: string;
  /** Why a resume will not know of it. */
  readonly unsaved?: ChatError;
}

/** Takes the last exchange back; undefined when there is none. */
export async function undo(log: ConversationLog): Promise<Moved | undefined> {
  const [last] = writtenMessages(log);
  return last && move(log, last.parentId, last.message.text);
}

/** Brings back the exchange that followed, or the answer in whose place another one was to come; undefined for none. */
export async function redo(log: ConversationLog): Promise<Moved | undefined> {
  const { following } = log;
  const next = following.findIndex((stored, at) => at > 0 && isWritten(stored));
  const last = following.at(next === -1 ? -1 : next - 1);
  return last && move(log, last.id);
}

/**
 * Those that something of the person's stands on, the one that was added to last first. The beginning of an answer that
 * was gone on with is no branch to anybody.
 */
export function listBranches(log: Pick<ConversationLog, 'branches' | 'messages'>): readonly Branch[] {
  const here = log.messages.at(-1)?.id;
  return log.branches.flatMap((messages) => {
    const [last] = writtenMessages({ messages });
    const tip = messages.at(-1);
    if (last === undefined || tip === undefined || log.branches.some((other) => goesOnWith(tip, other))) return [];
    const answer = messages.findLast(({ message }) => message.role === 'assistant' && message.text.trim() !== '');
    return [
      {
        tip: tip.id,
        text: last.message.text,
        answer: answer?.message.text ?? '',
        at: tip.at,
        count: writtenMessages({ messages }).length,
        current: tip.id === here,
      },
    ];
  });
}

function goesOnWith(cut: StoredMessage, branch: readonly StoredMessage[]): boolean {
  const { message, parentId, id } = cut;
  if (message.role !== 'assistant' || message.ending === 'stop' || message.text.trim() === '') return false;
  const beside = branch.find((stored) => stored.parentId === parentId && stored.id !== id);
  if (beside?.message.role !== 'assistant') return false;
  return beside.message.text.length > message.text.length && beside.message.text.startsWith(message.text.trimEnd());
}

/** Goes on at the end of another branch. */
export function switchBranch(log: ConversationLog, tip: string): Promise<Moved> {
  return move(log, tip);
}

async function move(log: ConversationLog, tip: string | null, takenBack?: string): Promise<Moved> {
  log.rewind(tip);
  const text = takenBack ?? writtenMessages(log)[0]?.message.text ?? '';
  return { text, ...optional('unsaved', await log.sync()) };
}

function isWritten({ message }: StoredMessage): boolean {
  return message.role === 'user' && message.correction !== true;
}
