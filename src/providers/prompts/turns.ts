/** Messages as the formats know them: perhaps a system text, then user and assistant in turn. */

import type { Message } from '../../core/message.ts';
import { neutralize } from './neutralize.ts';

export interface Turns {
  readonly system: string | undefined;
  readonly turns: readonly Turn[];
}

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/**
 * These servers have no tools, but a conversation may have begun on one that has: a result becomes text of the
 * user's, and a message that was nothing but calls is left out. Neighbours of one role become one turn, since most
 * models were trained on strict alternation. System messages are hoisted. User text is trimmed, as easyllm does.
 * @param specialTokens  see neutralize
 */
export function toTurns(messages: readonly Message[], specialTokens: RegExp): Turns {
  const systems = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const turns: Turn[] = [];
  for (const message of messages) {
    const turn = toTurn(message);
    if (turn === undefined) continue;
    const last = turns.at(-1);
    if (last?.role === turn.role) turns.splice(-1, 1, { role: last.role, text: `${last.text}\n\n${turn.text}` });
    else turns.push(turn);
  }
  return {
    system: systems.length === 0 ? undefined : neutralize(systems.join('\n\n'), specialTokens),
    turns: turns.map(({ role, text }) => ({ role, text: neutralize(text, specialTokens) })),
  };
}

function toTurn(message: Message): Turn | undefined {
  switch (message.role) {
    case 'system':
      return undefined;
    case 'user':
      return { role: 'user', text: message.text.trim() };
    case 'tool':
      return { role: 'user', text: `Tool ${message.name} answered: ${message.text.trim()}` };
    case 'assistant':
      return message.text.trim() === '' ? undefined : { role: 'assistant', text: message.text };
  }
}

/** For formats without a place for the system text: it goes into the first user turn, which is made if need be. */
export function foldSystem({ system, turns }: Turns, fold: (system: string, user: string) => string): readonly Turn[] {
  if (system === undefined) return turns;
  const [first, ...rest] = turns;
  if (first?.role !== 'user') return [{ role: 'user', text: fold(system, '').trimEnd() }, ...turns];
  return [{ role: 'user', text: fold(system, first.text) }, ...rest];
}
