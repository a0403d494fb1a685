/** The conversation as a list of `{role, content, …}`. */

import type { JsonObject } from '../../core/json.ts';
import type { AssistantMessage, Message, ToolCall } from '../../core/message.ts';
import { optional } from '../../core/optional.ts';
import { withInstruction } from '../with-instruction.ts';
import type { Dialect } from './dialect.ts';
import { type IdRewriter, nineAlphanumerics, sameId } from './tool-call-ids.ts';

/** @param instruction  see withInstruction */
export function toMessages(
  messages: readonly Message[],
  dialect: Dialect,
  instruction: string | undefined,
): readonly JsonObject[] {
  const told = instruction === undefined ? messages : withInstruction(messages, instruction);
  const rewriteId = dialect.toolCallIds === 'as-they-came' ? sameId : nineAlphanumerics();
  const lastUser = told.findLastIndex((message) => message.role === 'user');
  return told.map((message, index) => toMessage(message, { dialect, rewriteId, ofThisTurn: index > lastUser }));
}

interface MessageContext {
  readonly dialect: Dialect;
  readonly rewriteId: IdRewriter;
  readonly ofThisTurn: boolean;
}

function toMessage(message: Message, context: MessageContext): JsonObject {
  switch (message.role) {
    case 'system':
    case 'user':
      return { role: message.role, content: message.text };
    case 'assistant':
      return toAssistant(message, context);
    case 'tool':
      return { role: 'tool', tool_call_id: context.rewriteId(message.callId), content: message.text };
  }
}

function toAssistant(message: AssistantMessage, { dialect, rewriteId, ofThisTurn }: MessageContext): JsonObject {
  const hasCalls = message.toolCalls.length > 0;
  const hasContent = !hasCalls || (dialect.textBesideCalls && message.text.trim() !== '');
  const { reasoningReplay: rule } = dialect;
  // Where it must never be missing, an answer without a thought has an empty one.
  const reasoning = rule === 'all' ? (message.reasoning ?? '') : ofThisTurn && hasCalls ? message.reasoning : undefined;
  return {
    role: 'assistant',
    // Never '' beside calls: a TGI that is not known to be one would lose them.
    ...(hasContent && { content: message.text }),
    ...optional('reasoning_content', rule === 'none' ? undefined : reasoning),
    ...(hasCalls && { tool_calls: message.toolCalls.map((call) => toToolCall(call, dialect, rewriteId)) }),
    ...pick(message.replay, dialect.replayFields),
  };
}

function toToolCall(call: ToolCall, dialect: Dialect, rewriteId: IdRewriter): JsonObject {
  return {
    id: rewriteId(call.id),
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
    ...pick(call.replay, dialect.replayFields),
  };
}

function pick(fields: JsonObject | undefined, names: readonly string[]): JsonObject {
  if (fields === undefined) return {};
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
