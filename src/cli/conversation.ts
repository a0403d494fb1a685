/** Which conversation a run adds to: a new one, the latest, a named one, or one that is kept off the disk. */

import type { ConversationLog } from '../core/conversation.ts';
import { ChatError } from '../core/error.ts';
import type { Notice } from '../core/notice.ts';
import { createConversation, latestConversation, openConversation } from '../store/conversations.ts';
import { memoryLog } from '../store/memory-log.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';

interface OpenedLog {
  readonly log: ConversationLog;
  readonly notices: readonly Notice[];
}

type LogFlags = Pick<Flags, 'save' | 'resume'> & Partial<Pick<Flags, 'continue'>>;

/** @param secrets  keys in use, which must not be written */
export function newLog(host: Host, { save }: Pick<Flags, 'save'>, secrets: readonly string[]): ConversationLog {
  return save ? createConversation({ paths: host.paths, secrets }) : memoryLog();
}

/** @throws ChatError 'usage' for a conversation that does not exist or is not named exactly enough */
export async function openLog(host: Host, flags: LogFlags, secrets: readonly string[]): Promise<OpenedLog> {
  // Without a name the REPL begins anew, and lets the person choose.
  const named = flags.resume === true ? undefined : flags.resume;
  const id = named ?? (flags.continue === true ? await latest(host) : undefined);
  if (id === undefined) return { log: newLog(host, flags, secrets), notices: [] };
  const opened = await openConversation(host.paths, id, { secrets });
  if (flags.save) return opened;
  const copy = memoryLog();
  for (const { message } of opened.log.messages) await copy.append(message);
  return { log: copy, notices: opened.notices };
}

async function latest(host: Host): Promise<string> {
  const id = await latestConversation(host.paths);
  if (id !== undefined) return id;
  throw new ChatError({ kind: 'usage', what: 'there is no conversation to continue', hint: 'leave out --continue' });
}
