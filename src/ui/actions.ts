/** What the REPL needs from the rest of the program. `cli/` implements it; the REPL never sees disk or network. */

import type { ApprovalPolicy } from '../core/approval.ts';
import type { ConversationSummary } from '../core/conversation.ts';
import type { EditorKeys } from '../core/editor-keys.ts';
import type { ChatError } from '../core/error.ts';
import type { FileMention } from '../core/file-mentions.ts';
import type { JsonSchema } from '../core/json.ts';
import type { Message } from '../core/message.ts';
import type { ModelInfo, RequestPreview } from '../core/provider.ts';
import type { FormatKind } from '../core/response-format.ts';
import type { ThemeName } from '../core/theme-name.ts';
import type { TurnEvent } from '../core/turn-event.ts';
import type { Steering } from './steering.ts';

export interface ReplActions {
  status(): ReplStatus;
  send(text: string): RunningTurn;
  /** Asks the last user message again, as another branch; undefined when there is none. */
  retry(): RunningTurn | undefined;
  /** The request that a message would make, credentials masked; without one, the conversation as it stands. */
  preview(text: string | undefined): Promise<RequestPreview>;
  newConversation(): void;
  setModel(model: string): void;
  /** `undefined` removes the system prompt. */
  setSystem(text: string | undefined): void;
  /**
   * Holds every answer from the next turn on to this schema: a file, JSON, the short form, or `@name`.
   * `undefined` leaves them free of any format. @throws ChatError kind 'usage', and nothing has changed
   */
  setSchema(source: string | undefined): Promise<void>;
  setTool(name: string, enabled: boolean): void;
  /** Takes back that a tool runs unasked in this conversation. */
  askAbout(tool: string): void;
  /** Which tools run without a question, from the next turn on. */
  setApproval(policy: ApprovalPolicy): void;
  profiles(): readonly ProfileLine[];
  /**
   * Speaks to another server from the next turn on, and resolves with what went wrong beside, in sentences.
   * @throws ChatError, and nothing has changed
   */
  setProfile(name: string): Promise<readonly string[]>;
  /** @throws ChatError */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
  /** What this server listed before; undefined when it was not asked or lists nothing. */
  knownModels(): readonly string[] | undefined;
  /** Wall clock, in milliseconds. */
  clock(): number;
  /**
   * Writes the conversation, or the last structured answer for a form that only a value has or with `what` 'value',
   * and resolves with what was done, in a sentence. @throws ChatError kind 'usage', also for a file that exists, or 'storage'
   */
  save(path: string, options: SaveRequest): Promise<string>;
  /**
   * Has the text edited in the person's own editor, which gets the terminal, and resolves with what came of it.
   * @throws ChatError when the editor failed; the text is to stay as it was
   */
  editText(text: string): Promise<string>;
  /** The one that changed last comes first. @throws ChatError */
  listConversations(): Promise<readonly ConversationSummary[]>;
  /**
   * Goes on with another conversation, with its own system prompt; the one before is kept.
   * @param query  an id, the beginning of one, a title or a part of one
   * @throws ChatError, and nothing has changed
   */
  resume(query: string): Promise<Resumed>;
  /** Names for `/schema @name`. @throws ChatError */
  savedSchemas(): readonly string[];
  /** What is in the folder that a path leads to: paths that begin as it does, those of folders end with `/`. */
  listFiles(path: string): Promise<readonly string[]>;
  /** Files below the working directory, nearer ones first; as many as are found in a moment. */
  listTree(): Promise<readonly string[]>;
  /** What a path leads to; undefined when nothing is there. */
  kindOfFile(path: string): FileKind | undefined;
  /**
   * The message with the text of files that it names behind it, each in a labelled block. A name without a
   * file stays what it is. @throws ChatError 'usage' for a file that cannot be sent, 'aborted'
   */
  attach(text: string, named: readonly FileMention[], signal: AbortSignal): Promise<Attached>;
  readonly steering: Steering;
  /** The theme of the settings. */
  keptTheme?(): ThemeName;
  /** Keeps the theme for later runs. @throws ChatError */
  keepTheme?(name: ThemeName): Promise<void>;
  /** Keeps the keys of the editor for later runs. @throws ChatError */
  keepEditor?(keys: EditorKeys): Promise<void>;
  readonly inputHistory: InputHistory;
}

export interface Resumed {
  readonly title: string;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** What was found damaged, in sentences. */
  readonly problems: readonly string[];
}

export type FileKind = 'file' | 'a folder' | 'no ordinary file';

export interface SaveRequest {
  /** A file that exists is written anew. */
  readonly replace: boolean;
  /** `extension`: as the end of the name says, which for json is the conversation. */
  readonly what: 'extension' | 'value';
}

export interface Attached {
  readonly text: string;
  /** What was attached, and what was not, in words. */
  readonly notes: readonly string[];
}

export interface RunningTurn {
  /** Ends with `turn-end`; never throws for an expected failure. */
  readonly events: AsyncIterable<TurnEvent>;
  /** The text of the unfinished answer that this one goes on with. */
  readonly after?: string | undefined;
  /** Stops the answer and keeps what came; `turn-end` with outcome 'aborted' follows. */
  stop(): void;
}

export interface ReplStatus {
  readonly profile: string;
  readonly kind: string;
  readonly model: string | undefined;
  readonly target: string;
  /** In tokens, where it is known. */
  readonly contextWindow?: number;
  readonly conversationId: string;
  readonly system: string | undefined;
  readonly tools: readonly ToolLine[];
  readonly approval: ApprovalPolicy;
  /** What every answer is held to; undefined when they are free. */
  readonly format: FormatLine | undefined;
  /** Absent before the first turn that this conversation has here. */
  readonly figures?: Figures;
}

/** What the last turn took. What is not known is undefined. */
export interface Figures {
  /** In tokens: what the last request held, with its answer. */
  readonly contextTokens: number | undefined;
  readonly tokensPerSecond: number | undefined;
  /** From the question to the first word, of the answer or its reasoning. */
  readonly firstWordMs: number | undefined;
  /** Of all turns since the conversation was opened, in the currency of the prices. */
  readonly cost: number | undefined;
}

export interface FormatLine {
  readonly kind: FormatKind;
  /** As it was given: a path, JSON, a regular expression. */
  readonly source: string;
}

export interface ToolLine {
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Runs without a question, unless the policy or a rule says otherwise. */
  readonly safe: boolean;
  /** The person has allowed it for this conversation: no question is asked. */
  readonly allowed?: boolean;
  /** Switched by hand, away from what it was at first. */
  readonly switched?: boolean;
  /** Where it comes from, in words: a file, a server. */
  readonly source: string;
  readonly parameters: JsonSchema;
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
