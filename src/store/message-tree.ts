/** The messages of a conversation in memory: all of them, and the branch that is being talked on. */

import type { StoredMessage } from '../core/conversation.ts';

export class MessageTree {
  readonly #byId = new Map<string, StoredMessage>();
  #branch: readonly StoredMessage[] = [];

  /** @param messages  each parent before its children; the last one becomes the tip */
  constructor(messages: readonly StoredMessage[] = []) {
    for (const message of messages) this.#byId.set(message.id, message);
    this.rewind(messages.at(-1)?.id ?? null);
  }

  /** Of all branches, in the order they were added. */
  get all(): readonly StoredMessage[] {
    return [...this.#byId.values()];
  }

  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  /** From the root to the tip; a new array after every change. */
  get branch(): readonly StoredMessage[] {
    return this.#branch;
  }

  get tip(): string | null {
    return this.#branch.at(-1)?.id ?? null;
  }

  /** @param message  a child of the tip */
  add(message: StoredMessage): void {
    this.#byId.set(message.id, message);
    this.#branch = [...this.#branch, message];
  }

  rewind(tip: string | null): void {
    const branch: StoredMessage[] = [];
    for (let id = tip; id !== null; ) {
      const message = this.#byId.get(id);
      if (message === undefined) throw new Error(`the conversation has no message ${id}`);
      branch.push(message);
      id = message.parentId;
    }
    this.#branch = branch.reverse();
  }
}
