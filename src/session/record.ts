/** What a turn writes down: each whole message before it is seen, and the end. */

import type { ConversationLog } from '../core/conversation.ts';
import type { Message, Usage } from '../core/message.ts';
import type { TurnEvent, TurnOutcome } from '../core/turn-event.ts';

/** Every turn ends here: on disk, then announced. */
export async function* endTurn(log: ConversationLog, outcome: TurnOutcome, usage: Usage): AsyncGenerator<TurnEvent> {
  const unsaved = await log.sync();
  if (unsaved !== undefined) yield notSaved(unsaved.message);
  yield { type: 'turn-end', outcome, usage };
}

/** Appends and announces a message; a disk that refuses it is a notice, not the end of the turn. */
export async function* record(log: ConversationLog, message: Message): AsyncGenerator<TurnEvent> {
  const { message: stored, unsaved, elsewhere } = await log.append(message);
  if (unsaved !== undefined) yield notSaved(unsaved.message);
  if (elsewhere) {
    const text =
      'this conversation goes on in another banter too; both are kept, and /branches has them when it is opened anew';
    yield { type: 'notice', notice: { level: 'info', code: 'written-elsewhere', text } };
  }
  yield { type: 'message', message: stored };
}

function notSaved(text: string): TurnEvent {
  return { type: 'notice', notice: { level: 'warning', code: 'not-saved', text: `not saved: ${text}` } };
}
