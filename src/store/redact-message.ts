/** Keeps keys out of what is stored. */

import type { Message } from '../core/message.ts';
import { redact, redactValues } from '../core/redact.ts';

/**
 * Replaces keys in use by `[key]`, wherever a person, a model or a tool wrote them. What a tool returned is also
 * cleared of everything with the shape of a key; a person or a model may write about such text and keeps it.
 * `replay` is left alone: the server wants it back unchanged.
 * @param secrets  those under 6 characters are ignored, as in `redact`
 */
export function redactMessage(message: Message, secrets: readonly string[]): Message {
  if (message.role === 'tool') return { ...message, text: redact(message.text, secrets) };
  const clean = (text: string): string => redactValues(text, secrets);
  if (message.role !== 'assistant') return { ...message, text: clean(message.text) };
  return {
    ...message,
    text: clean(message.text),
    ...(message.reasoning === undefined ? {} : { reasoning: clean(message.reasoning) }),
    toolCalls: message.toolCalls.map((call) => ({ ...call, arguments: clean(call.arguments) })),
  };
}
