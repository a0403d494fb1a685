/** What a provider says to the session while one request is answered. */

import type { JsonObject } from './json.ts';
import type { FinishReason, ToolCall, Usage } from './message.ts';
import type { Notice } from './notice.ts';

/**
 * Deltas in the order they arrive; a tool call only when it is whole; `finish` exactly once and last.
 * A body that ends before it is proven complete throws ChatError kind 'stream' instead of finishing.
 * `notice` carries what happened beneath the answer (a retry, a repaired call); it is never part of it.
 */
export type StreamEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | { readonly type: 'notice'; readonly notice: Notice }
  | FinishEvent;

export interface FinishEvent {
  readonly type: 'finish';
  readonly reason: FinishReason;
  /** The server's own word where it says more than `reason`. */
  readonly rawReason?: string;
  readonly usage?: Usage;
  /** The model that answered, where the server names one. */
  readonly model?: string;
  /** To be kept on the stored assistant message; see AssistantMessage.replay. */
  readonly replay?: JsonObject;
}
