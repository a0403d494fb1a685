/**
 * A conversation with tool calls in it, for a server that takes no tools: Xinference refuses a tool message for a
 * family that has none, and templates without tools drop calls and results without a word.
 */

import type { AssistantMessage, Message, UserMessage } from '../../core/message.ts';

/** Calls become the assistant's text, results the user's; turns go on alternating, as strict templates want. */
export function withoutTools(messages: readonly Message[]): readonly Message[] {
  const told: Message[] = [];
  for (const message of messages) {
    const next = tell(message);
    const last = told.at(-1);
    const isSameSpeaker = next.role === 'user' && last?.role === 'user';
    if (isSameSpeaker) told.splice(-1, 1, { role: 'user', text: `${last.text}\n\n${next.text}` });
    else told.push(next);
  }
  return told;
}

function tell(message: Message): Exclude<Message, { role: 'tool' }> {
  if (message.role === 'tool') return toUser(`Tool ${message.name} answered: ${message.text}`);
  return message.role === 'assistant' && message.toolCalls.length > 0 ? withoutCalls(message) : message;
}

function withoutCalls(message: AssistantMessage): AssistantMessage {
  const calls = message.toolCalls.map((call) => `Calling ${call.name} with ${call.arguments}`);
  return { ...message, text: [message.text.trim(), ...calls].filter(Boolean).join('\n'), toolCalls: [] };
}

function toUser(text: string): UserMessage {
  return { role: 'user', text };
}
