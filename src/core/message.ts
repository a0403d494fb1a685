/** The messages of a conversation, as the rest of the program knows them: no server's dialect, no disk. */

import type { JsonObject } from './json.ts';

export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

export interface SystemMessage {
  readonly role: 'system';
  readonly text: string;
}

export interface UserMessage {
  readonly role: 'user';
  readonly text: string;
  /** Our own words to the model, not the person's: what was wrong with a structured answer. */
  readonly correction?: true;
}

export interface AssistantMessage {
  readonly role: 'assistant';
  readonly text: string;
  readonly reasoning?: string;
  readonly toolCalls: readonly ToolCall[];
  readonly ending: Ending;
  readonly model?: string;
  readonly usage?: Usage;
  /** Fields of the server's own that it wants back unchanged with this message; opaque to everyone but its provider. */
  readonly replay?: JsonObject;
}

export interface ToolMessage {
  readonly role: 'tool';
  readonly callId: string;
  readonly name: string;
  readonly outcome: ToolOutcome;
  /** What the model is told, at most 32 KiB. */
  readonly text: string;
}

/**
 * One whole call. `arguments` stays the model's raw text until `session/prepare-call.ts` parses and validates it:
 * it may be empty, cut or no JSON at all.
 */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  /** Opaque fields of the server's own on this call, sent back with it (Gemini's thought signature). */
  readonly replay?: JsonObject;
}

export type ToolOutcome = 'ok' | 'error' | 'denied' | 'cancelled';

/** Why the model stopped, in one vocabulary for all servers. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'other';

/** How an assistant message ended: the model's reason, stopped by the person, or broken off by the stream. */
export type Ending = FinishReason | 'aborted' | 'cut';

/** Token counts as the server reports them; a count it does not know is absent. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
  readonly cachedTokens?: number;
}
