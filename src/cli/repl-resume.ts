/** The REPL's way to the conversations that there are. */

import { currentSystem, type Session } from '../session/index.ts';
import { listConversations } from '../store/conversations.ts';
import type { ReplActions } from '../ui/actions.ts';
import { openLog } from './conversation.ts';
import type { Flags } from './flags.ts';
import type { Host } from './host.ts';

export interface ResumeOptions {
  readonly session: Session;
  /** Keys in use, which must not be written. */
  readonly secrets: readonly string[];
  /** Another conversation goes on. */
  readonly onResumed: () => void;
}

export function createResume(
  host: Host,
  { save }: Pick<Flags, 'save'>,
  { session, secrets, onResumed }: ResumeOptions,
): Pick<ReplActions, 'listConversations' | 'resume'> {
  return {
    listConversations: () => listConversations(host.paths),
    async resume(query) {
      const { log, notices } = await openLog(host, { save, resume: query }, secrets);
      // What was said there was said under its own system prompt; one that never had any keeps the one in force.
      const own = currentSystem({ log, system: undefined });
      session.configure({ log, system: own === '' ? currentSystem(session.settings) : undefined });
      onResumed();
      return {
        title: log.title ?? log.id,
        messages: log.messages.map(({ message }) => message),
        problems: notices.map(({ text }) => text),
      };
    },
  };
}
