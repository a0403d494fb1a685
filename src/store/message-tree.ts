/** The messages of a conversation in memory: all of them, and the branch that is being talked on. */

import type { StoredMessage } from '../core/conversation.ts';

export class MessageTree {
  readonly #byId = new Map<string, StoredMessage>();
  #branch: readonly StoredMessage[] = [];
  /** The branch as it was before it was gone back on. */
  #left: readonly StoredMessage[] = [];

  /** @param messages  each parent before its children */
  constructor(messages: readonly StoredMessage[] = [], tip: string | null = null) {
    for (const message of messages) this.#byId.set(message.id, message);
    this.rewind(tip);
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

  /** From below the tip to where it was rewound from; else to the message added last of all that descend from it. */
  get following(): readonly StoredMessage[] {
    const left = this.#left.slice(this.#branch.length);
    if (left.length > 0) return left;
    const descendants = new Set([this.tip]);
    let last = this.tip;
    // A parent was added before its children.
    for (const { id, parentId } of this.#byId.values()) {
      if (!descendants.has(parentId)) continue;
      descendants.add(id);
      last = id;
    }
    return this.#pathTo(last).slice(this.#branch.length);
  }

  get branches(): readonly (readonly StoredMessage[])[] {
    const all = this.all;
    const parents = new Set(all.map(({ parentId }) => parentId));
    return all
      .filter(({ id }) => !parents.has(id))
      .reverse()
      .map(({ id }) => this.#pathTo(id));
  }

  /** @param message  a child of the tip */
  add(message: StoredMessage): void {
    this.#byId.set(message.id, message);
    this.#branch = [...this.#branch, message];
    this.#left = [];
  }

  rewind(tip: string | null): void {
    const path = this.#pathTo(tip);
    const isStartOf = (branch: readonly StoredMessage[]): boolean =>
      path.length < branch.length && branch[path.length - 1]?.id === path.at(-1)?.id;
    // Step by step it is gone back on what was left at the first one.
    if (!isStartOf(this.#left)) this.#left = isStartOf(this.#branch) ? this.#branch : [];
    this.#branch = path;
  }

  #pathTo(tip: string | null): readonly StoredMessage[] {
    const path: StoredMessage[] = [];
    for (let id = tip; id !== null; ) {
      const message = this.#byId.get(id);
      if (message === undefined) throw new Error(`the conversation has no message ${id}`);
      path.push(message);
      id = message.parentId;
    }
    return path.reverse();
  }
}
