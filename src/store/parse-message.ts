/** A message as it was stored, read back: from whatever JSON stands there to a Message, or nothing. */

import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import type { AssistantMessage, Ending, Message, ToolCall, ToolOutcome, Usage } from '../core/message.ts';
import { optional } from '../core/optional.ts';

export function parseMessage(value: unknown): Message | undefined {
  if (!isJsonObject(value)) return undefined;
  const { role, text } = value;
  if (typeof text !== 'string') return undefined;
  switch (role) {
    case 'system':
      return { role, text };
    case 'user':
      return { role, text, ...(value.correction === true ? { correction: true } : {}) };
    case 'assistant':
      return parseAssistant(value, text);
    case 'tool':
      if (typeof value.callId !== 'string' || typeof value.name !== 'string') return undefined;
      return { role, callId: value.callId, name: value.name, outcome: parseOutcome(value.outcome), text };
    default:
      return undefined;
  }
}

function parseAssistant(value: JsonObject, text: string): AssistantMessage | undefined {
  const toolCalls: ToolCall[] = [];
  for (const item of Array.isArray(value.toolCalls) ? value.toolCalls : []) {
    const call = parseCall(item);
    if (call === undefined) return undefined;
    toolCalls.push(call);
  }
  return {
    role: 'assistant',
    text,
    ...optional('reasoning', asString(value.reasoning)),
    toolCalls,
    ending: endings.find((ending) => ending === value.ending) ?? 'other',
    ...optional('model', asString(value.model)),
    ...optional('usage', isJsonObject(value.usage) ? parseUsage(value.usage) : undefined),
    ...optional('replay', isJsonObject(value.replay) ? value.replay : undefined),
  };
}

function parseCall(value: Json): ToolCall | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, name, arguments: text, replay } = value;
  if (typeof id !== 'string' || typeof name !== 'string' || typeof text !== 'string') return undefined;
  return { id, name, arguments: text, ...optional('replay', isJsonObject(replay) ? replay : undefined) };
}

function parseUsage(value: JsonObject): Usage {
  return {
    ...optional('promptTokens', asNumber(value.promptTokens)),
    ...optional('completionTokens', asNumber(value.completionTokens)),
    ...optional('reasoningTokens', asNumber(value.reasoningTokens)),
    ...optional('cachedTokens', asNumber(value.cachedTokens)),
  };
}

function parseOutcome(value: Json | undefined): ToolOutcome {
  // A result whose outcome cannot be read is no success.
  return outcomes.find((outcome) => outcome === value) ?? 'error';
}

const endings: readonly Ending[] = [
  'stop',
  'length',
  'tool-calls',
  'content-filter',
  'refusal',
  'other',
  'aborted',
  'cut',
];

const outcomes: readonly ToolOutcome[] = ['ok', 'error', 'denied', 'cancelled'];

function asString(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
