/** What the REPL needs from the rest of the program. `cli/` implements it; the REPL never sees disk or network. */

import type { ChatError } from '../core/error.ts';
import type { ModelInfo, RequestPreview } from '../core/provider.ts';
import type { TurnEvent } from '../core/turn-event.ts';

export interface ReplActions {
  status(): ReplStatus;
  send(text: string): RunningTurn;
  /** Asks the last user message again, as another branch; undefined when there is none. */
  retry(): RunningTurn | undefined;
  /** The request that a message would make, credentials masked; without one, the conversation as it stands. */
  preview(text: string | undefined): RequestPreview;
  newConversation(): void;
  setModel(model: string): void;
  /** `undefined` removes the system prompt. */
  setSystem(text: string | undefined): void;
  setTool(name: string, enabled: boolean): void;
  profiles(): readonly ProfileLine[];
  /** Speaks to another server from the next turn on. @throws ChatError kind 'config' */
  setProfile(name: string): Promise<void>;
  /** @throws ChatError */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  readonly inputHistory: InputHistory;
}

export interface RunningTurn {
  /** Ends with `turn-end`; never throws for an expected failure. */
  readonly events: AsyncIterable<TurnEvent>;
  /** Stops the answer and keeps what came; `turn-end` with outcome 'aborted' follows. */
  stop(): void;
}

export interface ReplStatus {
  readonly profile: string;
  readonly kind: string;
  readonly model: string | undefined;
  readonly target: string;
  readonly conversationId: string;
  readonly saved: boolean;
  readonly system: string | undefined;
  readonly tools: readonly ToolLine[];
}

export interface ToolLine {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
}

export interface ProfileLine {
  readonly name: string;
  readonly kind: string;
  readonly description: string;
  readonly current: boolean;
}

export interface InputHistory {
  /** Oldest first. */
  readonly entries: readonly string[];
  /** Appends and writes to disk. Returns why it could not be written; `entries` has it all the same. */
  add(text: string): ChatError | undefined;
}
