/** A conversation is the data; a session is the running of it. */

import type { ChatError } from './error.ts';
import type { Message } from './message.ts';

export interface StoredMessage {
  readonly id: string;
  /** The message this one answers or follows; null for the first. A fork is two children of one parent. */
  readonly parentId: string | null;
  /** Wall-clock time of writing, ISO 8601 in UTC; for people, never for ordering. */
  readonly at: string;
  readonly message: Message;
}

/** One line of a list of conversations. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly messageCount: number;
}

/** One of the ways a conversation went. */
export interface Branch {
  /** The last message of it. */
  readonly tip: string;
  /** What the person wrote there last. */
  readonly text: string;
  /** What the model said to it at last; '' when it said nothing. */
  readonly answer: string;
  /** ISO 8601. */
  readonly at: string;
  /** Messages of the person's. */
  readonly count: number;
  /** Its end is where the conversation stands. */
  readonly current: boolean;
}

/**
 * Where a session keeps its messages. Implementations: a JSONL file (store/), or memory (`--no-save`).
 * `append` never rejects for a disk that is full or read-only: the message is kept in memory, tried again
 * with the next one, and `unsaved` says why, so that the chat goes on and the person is told.
 */
export interface ConversationLog {
  readonly id: string;
  /** Set by the person, or taken from the first prompt once there is one. */
  readonly title: string | undefined;
  /** The active branch, oldest first. */
  readonly messages: readonly StoredMessage[];
  append(message: Message): Promise<Appended>;
  /** Gives it a title of the person's. Same failure contract as `append`. */
  rename(title: string): Promise<ChatError | undefined>;
  /** What was said after the tip before it was rewound to, oldest first: of several branches the latest. */
  readonly following: readonly StoredMessage[];
  /** Every branch from its root to its end, the one that was added to last first. */
  readonly branches: readonly (readonly StoredMessage[])[];
  /**
   * Makes a message of any branch the tip: the next one becomes another child of it. `null` starts a new root.
   * Kept from the next `append` or `sync` on.
   */
  rewind(tip: string | null): void;
  /** Flushes to the disk itself (fsync); called at the end of a turn. Same failure contract as `append`. */
  sync(): Promise<ChatError | undefined>;
}

export interface Appended {
  readonly message: StoredMessage;
  readonly unsaved?: ChatError;
  /** Another process has added to the conversation since this one last did. */
  readonly elsewhere?: true;
}
