/** What the session says to whoever draws it: the REPL, the one-shot printers, a test. */

import type { StoredMessage } from './conversation.ts';
import type { ChatError } from './error.ts';
import type { FinishReason, ToolCall, ToolOutcome, Usage } from './message.ts';
import type { Notice } from './notice.ts';

/**
 * Events are never changed after they are sent. Every string in them may come from outside and passes
 * the sanitiser before it is drawn. `turn-end` comes exactly once and last, also after a failure:
 * a front end is a `for await` without try/catch.
 */
export type TurnEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'reasoning-delta'; readonly text: string }
  | { readonly type: 'tool-start'; readonly call: ToolCall }
  | ToolEndEvent
  | { readonly type: 'notice'; readonly notice: Notice }
  | MessageEvent
  | TurnEndEvent;

export interface ToolEndEvent {
  readonly type: 'tool-end';
  readonly callId: string;
  readonly name: string;
  readonly outcome: ToolOutcome;
  readonly text: string;
  readonly elapsedMs: number;
}

/** A whole message, already on disk when it is seen (unless a `not-saved` notice said otherwise). */
export interface MessageEvent {
  readonly type: 'message';
  readonly message: StoredMessage;
}

export interface TurnEndEvent {
  readonly type: 'turn-end';
  readonly outcome: TurnOutcome;
  /** Summed over the rounds of the turn, as far as they went. */
  readonly usage: Usage;
}

export type TurnOutcome =
  | {
      readonly kind: 'done';
      readonly finish: FinishReason;
      /** The validated JSON text, when the turn was asked for structured output. */
      readonly json?: string;
    }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'limit'; readonly limit: 'rounds'; readonly rounds: number }
  | {
      readonly kind: 'failed';
      readonly error: ChatError;
      /** Text of the answer had already been sent when it failed; it is kept, marked `cut`. */
      readonly partial: boolean;
    };
