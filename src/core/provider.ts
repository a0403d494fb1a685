/** The contract between the session and whatever answers: a server's protocol, or the demo. */

import type { Json, JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { FormatKind, ResponseFormat, Rung, SchemaMode } from './response-format.ts';
import type { StreamEvent } from './stream-event.ts';
import type { ToolChoice, ToolDefinition } from './tool.ts';

export interface Provider {
  /** Where requests go, fit for a sentence: no credentials, no query. */
  readonly target: string;
  /** A request that names no model is answered by the one there is: none has to be listed first. */
  readonly modelIsOptional?: true;
  /** Whether this model goes on in the middle of its own answer, when a request ends with one. Absent: never. */
  continuesAnswer?(model: string | undefined): boolean;
  /** It was thought to and refused: for a while `continuesAnswer` is false. */
  leaveContinuing?(model: string | undefined): void;
  /** @throws ChatError; an abort of `signal` throws ChatError kind 'aborted' */
  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<StreamEvent>;
  /** @throws ChatError */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /**
   * The ways to hold an answer of this model to a format, strongest first; those that did not work are marked.
   * Empty when there is none: a grammar that the server does not take.
   */
  rungs(kind: FormatKind, model: string | undefined): readonly Rung[];
  /** This way did not work for this model: for a while `rungs` marks it as left. */
  leaveRung(kind: FormatKind, model: string | undefined, mode: SchemaMode): void;
  /** What `stream` would send, credentials masked; nothing is sent. */
  preview(request: ChatRequest): RequestPreview;
}

export interface ChatRequest {
  readonly model: string | undefined;
  /** At most one system message, and it is the first. The last is the model's own only where it goes on with it. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly toolChoice: ToolChoice;
  readonly format?: ResponseFormat;
  /** Whether and how hard to reason, where the model lets one choose; absent is the server's default. */
  readonly thinking?: Thinking;
  readonly sampling: Sampling;
  /** Further body fields, set last, as they are (`--option k=json`, a profile's `params`). */
  readonly extraBody: JsonObject;
  /** false asks for the whole answer in one body; the events are the same. */
  readonly stream: boolean;
}

export const thinkingLevels = ['off', 'on', 'low', 'medium', 'high'] as const;
export type Thinking = (typeof thinkingLevels)[number];

/** Absent means the server's default: nothing is sent. */
export interface Sampling {
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
}

export interface ModelInfo {
  readonly id: string;
  /** In tokens, where the server says. */
  readonly contextWindow?: number;
  readonly ownedBy?: string;
}

export interface RequestPreview {
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  /** The one string a text-completion server gets, special tokens and all. */
  readonly prompt?: string;
}
