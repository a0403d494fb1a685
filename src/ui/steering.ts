/** What the commands that steer a conversation need from the rest of the program. `cli/` implements it. */

import type { Branch } from '../core/conversation.ts';
import type { Message, Usage } from '../core/message.ts';
import type { Thinking } from '../core/provider.ts';
import type { RunningTurn } from './actions.ts';

export interface Steering {
  /** undefined is the server's default. */
  thinking(): Thinking | undefined;
  /** From the next turn on; undefined leaves it to the server. */
  think(level: Thinking | undefined): void;
  /** Sampling and further fields of the request that are set, in the names of `/set`. */
  options(): readonly (readonly [name: string, value: string])[];
  /** `undefined` leaves it to the server. @throws ChatError kind 'usage', and nothing has changed */
  setOption(name: string, value: string | undefined): void;
  /** What the person has written on this branch, the latest first. */
  written(): readonly WrittenLine[];
  /** The next message stands in the place of this one, on a branch of its own. False when it is not there any more. */
  rewindBefore(id: string): boolean;
  /** Takes the last exchange back; undefined when there is none. */
  undo(): Promise<MovedLine | undefined>;
  /** Brings back the exchange that followed; undefined when there is none. */
  redo(): Promise<MovedLine | undefined>;
  /** The branch that was added to last first. */
  branches(): readonly Branch[];
  /** Goes on at the end of a branch. */
  switchBranch(tip: string): Promise<SwitchedBranch>;
  /** Undefined when there is no answer to go on with. @throws ChatError kind 'usage' */
  goOn(): RunningTurn | undefined;
  /** Goes on in a copy of the conversation, and says what happened. */
  fork(): Promise<string>;
  /** Says what happened. */
  rename(title: string): Promise<string>;
  /** @throws ChatError */
  search(words: string, signal: AbortSignal): Promise<readonly FoundLine[]>;
  context(signal: AbortSignal): Promise<ContextReport>;
  usage(): UsageReport;
  /** Undefined when there is nothing to sum up. @throws ChatError, and nothing has changed */
  compact(signal: AbortSignal): Promise<CompactReport | undefined>;
  /** What stands for earlier messages, if anything does. */
  summary(): string | undefined;
  /** The texts of this branch's answers, the latest first. */
  answers(): readonly string[];
  /** To the clipboard; says by which way. @throws ChatError kind 'usage' when it is too long for the only way there is */
  copy(text: string): Promise<string>;
}

export interface WrittenText {
  /** Without the text of files that were attached. */
  readonly text: string;
  /** Paths of those files. */
  readonly attached: readonly string[];
}

export interface WrittenLine extends WrittenText {
  readonly id: string;
}

export interface SwitchedBranch {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Why a resume will not know of it, in words. */
  readonly unsaved: string | undefined;
}

/** What was written in the exchange. */
export interface MovedLine extends WrittenText {
  /** Why a resume will not know of it, in words. */
  readonly unsaved: string | undefined;
}

export interface FoundLine {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  /** '' when only the title has the words. */
  readonly passage: string;
}

export interface ContextReport {
  /** Messages that are sent, by who says them. */
  readonly counts: Readonly<Record<'system' | 'user' | 'assistant' | 'tool', number>>;
  /** Of tools that are offered. */
  readonly tools: number;
  readonly estimatedTokens: number;
  /** What the server counted for the last request and its answer. */
  readonly reportedTokens: number | undefined;
  /** In tokens; undefined when neither the profile nor the server says. */
  readonly window: number | undefined;
}

export interface CompactReport {
  /** Messages that the summary stands for. */
  readonly replaced: number;
  /** Of these messages, and of the summary, by our own count. */
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  /** Why it is not on disk. */
  readonly unsaved: string | undefined;
}

/** Of all conversations since banter was started. */
export interface UsageReport {
  readonly turns: number;
  readonly usage: Usage;
  readonly elapsedMs: number;
  readonly tokensPerSecond: number | undefined;
  /** Of the last turn. */
  readonly firstWordMs: number | undefined;
  /** In the currency of the profile's prices; undefined without prices. */
  readonly cost: number | undefined;
}
