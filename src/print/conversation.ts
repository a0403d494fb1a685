/** A whole conversation in a file: markdown for people, JSON and JSON Lines for programs. */

import type { ConversationLog, StoredMessage } from '../core/conversation.ts';
import type { AssistantMessage, Message } from '../core/message.ts';
import { safeJson } from '../terminal/json.ts';
import { joinSafe, type SafeText, safe } from '../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../terminal/sanitize.ts';

export type ConversationForm = 'md' | 'json' | 'jsonl';

export type Conversation = Pick<ConversationLog, 'id' | 'title' | 'messages'>;

/** The text with its last newline. Reasoning is in the JSON forms only. */
export function formatConversation({ id, title, messages }: Conversation, form: ConversationForm): SafeText {
  switch (form) {
    case 'md':
      return joinSafe([safe`# ${sanitizeLine(title ?? id)}\n`, ...messages.map(toMarkdown)], safe`\n`);
    case 'json':
      return safe`${safeJson({ id, title: title ?? null, messages }, 2)}\n`;
    case 'jsonl':
      return joinSafe(messages.map((stored) => safe`${safeJson(stored)}\n`));
    default:
      return form satisfies never;
  }
}

function toMarkdown({ message, at }: StoredMessage): SafeText {
  const time = at.slice(0, 16).replace('T', ' ');
  return safe`${sanitizeLine(`## ${speaker(message)}, ${time} UTC`)}\n\n${sanitize(body(message).trim())}\n`;
}

export function speaker(message: Message): string {
  switch (message.role) {
    case 'assistant':
      return message.model === undefined ? 'assistant' : `assistant ${message.model}`;
    case 'tool':
      return `${message.name} (${message.outcome})`;
    case 'user':
      return message.correction === true ? 'correction' : 'user';
    case 'system':
      return 'system';
    default:
      return message satisfies never;
  }
}

function body(message: Message): string {
  if (message.role === 'tool') return fenced(message.text);
  return message.role === 'assistant' ? answerBody(message) : message.text;
}

function answerBody({ text, toolCalls, ending }: AssistantMessage): string {
  const calls = toolCalls.map((call) => `Calls ${call.name}:\n\n${fenced(call.arguments)}`);
  const broken = ending === 'aborted' || ending === 'cut' ? [`[${ending}]`] : [];
  return [text, ...calls, ...broken].filter((part) => part !== '').join('\n\n');
}

/** Longer than any fence inside. */
function fenced(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.trimEnd()}\n${fence}`;
}
