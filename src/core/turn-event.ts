/** What the session says to whoever draws it: the REPL, the one-shot printers, a test. */

import type { ApprovalQuestion } from './approval.ts';
import type { StoredMessage } from './conversation.ts';
import type { ChatError } from './error.ts';
import type { FinishReason, ToolCall, ToolOutcome, Usage } from './message.ts';
import type { Notice } from './notice.ts';
import type { FormatKind, FormatReport } from './response-format.ts';

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
  | ApprovalEvent
  | ItemEvent
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

/** Calls that wait for a person; the turn goes on when the question is answered, or is stopped. */
export interface ApprovalEvent {
  readonly type: 'approval';
  readonly question: ApprovalQuestion;
}

/** A finished element of a structured answer, while the model is still writing; it satisfies its part of the schema. */
export interface ItemEvent {
  readonly type: 'item';
  /** JSON text on one line, numbers with the digits they came with. */
  readonly json: string;
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

export interface StructuredResult {
  readonly kind: FormatKind;
  /**
   * The value alone: JSON text on one line for a schema, the matching text otherwise; not yet sanitised.
   * Absent when its elements were given as `item` events.
   */
  readonly text?: string;
  readonly report: FormatReport;
}

export type TurnOutcome =
  | {
      readonly kind: 'done';
      readonly finish: FinishReason;
      /** When the answer was held to a format: what it came to, checked. */
      readonly structured?: StructuredResult;
      /** When it was to be held to a format and came to nothing: it was cut or refused. */
      readonly report?: FormatReport;
      /** A tool that had to be called was not, or did not succeed: what is wrong, in words. */
      readonly toolFailure?: string;
    }
  | { readonly kind: 'aborted' }
  | {
      readonly kind: 'limit';
      /** `rounds`: as many requests as were allowed; `loop`: the model went in circles. */
      readonly limit: 'rounds' | 'loop';
      readonly rounds: number;
      /** The last answer, which was asked for without tools, when it was held to a format. */
      readonly structured?: StructuredResult;
    }
  | {
      readonly kind: 'failed';
      readonly error: ChatError;
      /** When the answer was to be held to a format: how far that came. */
      readonly report?: FormatReport;
      /** Text of the answer had already been sent when it failed; it is kept, marked `cut`. */
      readonly partial: boolean;
    };
