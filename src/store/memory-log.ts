/** A conversation that leaves no trace: `--no-save`. */

import type { Appended, ConversationLog, StoredMessage } from '../core/conversation.ts';
import type { ChatError } from '../core/error.ts';
import type { Message } from '../core/message.ts';
import { newId } from './conversation-id.ts';
import { MessageTree } from './message-tree.ts';
import { titleFrom } from './title.ts';

export interface MemoryLogOptions {
  readonly clock?: () => Date;
  /** As `Math.random`. */
  readonly random?: () => number;
  readonly title?: string;
}

export function memoryLog(options: MemoryLogOptions = {}): ConversationLog {
  return new MemoryLog(options);
}

class MemoryLog implements ConversationLog {
  readonly id: string;
  readonly #clock: () => Date;
  readonly #random: () => number;
  readonly #tree = new MessageTree();
  #title: string | undefined;

  constructor({ clock = () => new Date(), random = Math.random, title }: MemoryLogOptions) {
    this.id = newId(random);
    this.#clock = clock;
    this.#random = random;
    this.#title = title;
  }

  get title(): string | undefined {
    return this.#title;
  }

  get messages(): readonly StoredMessage[] {
    return this.#tree.branch;
  }

  async append(message: Message): Promise<Appended> {
    if (message.role === 'user') this.#title ??= titleFrom(message.text);
    const at = this.#clock().toISOString();
    const stored = { id: newId(this.#random), parentId: this.#tree.tip, at, message };
    this.#tree.add(stored);
    return { message: stored };
  }

  async rename(title: string): Promise<ChatError | undefined> {
    this.#title = title;
    return undefined;
  }

  get following(): readonly StoredMessage[] {
    return this.#tree.following;
  }

  get branches(): readonly (readonly StoredMessage[])[] {
    return this.#tree.branches;
  }

  rewind(tip: string | null): void {
    this.#tree.rewind(tip);
  }

  async sync(): Promise<ChatError | undefined> {
    return undefined;
  }
}
