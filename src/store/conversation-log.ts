/**
 * A conversation on disk. Each message is one write at the end of the file, so that two processes never mix
 * their lines; the file is opened for each, so that one that was deleted meanwhile comes back whole. What could
 * not be written waits in memory and goes first the next time.
 */

import { closeSync, fchmodSync, fstatSync, fsync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Appended, ConversationLog, StoredMessage } from '../core/conversation.ts';
import type { ChatError } from '../core/error.ts';
import type { Message } from '../core/message.ts';
import { optional } from '../core/optional.ts';
import { redactValues } from '../core/redact.ts';
import { newId } from './conversation-id.ts';
import { headerLine, headLine, messageLine, titleLine } from './conversation-lines.ts';
import { MessageTree } from './message-tree.ts';
import { ensureFolder } from './paths.ts';
import { hasCode, storageError } from './storage-error.ts';
import { titleFrom } from './title.ts';

export interface ConversationFile {
  readonly path: string;
  readonly id: string;
  readonly createdAt: string;
  readonly clock: () => Date;
  /** As `Math.random`. */
  readonly random: () => number;
  /** Keys in use, which must not reach the disk. */
  readonly secrets: readonly string[];
  readonly title?: string;
  /** What the file holds already, of all branches. */
  readonly messages?: readonly StoredMessage[];
  /** Where its active branch ends; null before the first message. */
  readonly tip?: string | null;
  /** Bytes it had when it was read. */
  readonly size?: number;
  /** Why nothing may be added to the file. */
  readonly readOnly?: ChatError;
}

export class ConversationFileLog implements ConversationLog {
  readonly id: string;
  readonly #file: ConversationFile;
  readonly #tree: MessageTree;
  #title: string | undefined;
  /** Whole lines the file does not have yet. */
  #pending: readonly string[] = [];
  #newName = false;
  /** Bytes of the file when it was last read or written here. */
  #size: number | undefined;
  #elsewhere = false;
  /** Where the active branch ends for whoever reads the file with the pending lines. */
  #keptTip: string | null;

  constructor(file: ConversationFile) {
    this.id = file.id;
    this.#file = file;
    this.#keptTip = file.tip ?? null;
    this.#tree = new MessageTree(file.messages, this.#keptTip);
    this.#size = file.size;
    this.#title = file.title === undefined ? undefined : redactValues(file.title, file.secrets);
  }

  get title(): string | undefined {
    return this.#title;
  }

  get messages(): readonly StoredMessage[] {
    return this.#tree.branch;
  }

  async append(message: Message): Promise<Appended> {
    const { clock, random, secrets } = this.#file;
    const stored = { id: newId(random), parentId: this.#tree.tip, at: clock().toISOString(), message };
    this.#tree.add(stored);
    const lines = [messageLine(stored, secrets)];
    if (this.#title === undefined && message.role === 'user') {
      // Before it is cut, or half a key would be left.
      this.#title = titleFrom(redactValues(message.text, secrets));
      lines.unshift(titleLine(this.#title));
    }
    this.#pending = [...this.#pending, ...lines];
    this.#keptTip = stored.id;
    const unsaved = await this.#save((file) => closeSync(file));
    const elsewhere = this.#elsewhere ? true : undefined;
    this.#elsewhere = false;
    return { message: stored, ...optional('unsaved', unsaved), ...optional('elsewhere', elsewhere) };
  }

  async rename(title: string): Promise<ChatError | undefined> {
    this.#title = redactValues(title, this.#file.secrets);
    // A file that is not there yet begins with the title anyway.
    if (this.#tree.isEmpty) return undefined;
    this.#pending = [...this.#pending, titleLine(this.#title)];
    return this.#save((file) => closeSync(file));
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
    if (this.#tree.isEmpty) return undefined;
    const { tip } = this.#tree;
    // A message that is added says by its parent where the branch is; only what ends without one needs a line.
    if (tip !== this.#keptTip) this.#pending = [...this.#pending, headLine(tip)];
    this.#keptTip = tip;
    return this.#save(async (file) => {
      try {
        await flushToDisk(file);
        // The name of a new file is data of its folder.
        if (this.#newName) await flushFolder(dirname(this.#file.path));
        this.#newName = false;
      } finally {
        closeSync(file);
      }
    });
  }

  /** Writes what is pending, then hands the open file over. */
  async #save(then: (file: number) => void | Promise<void>): Promise<ChatError | undefined> {
    const { path, readOnly } = this.#file;
    if (readOnly !== undefined) return readOnly;
    try {
      await then(this.#openAndWrite());
      return undefined;
    } catch (error) {
      return storageError(error, path, 'the conversation could not be saved');
    }
  }

  #openAndWrite(): number {
    const { path } = this.#file;
    ensureFolder(dirname(path));
    const file = openSync(path, 'a+', 0o600);
    try {
      const { size } = fstatSync(file);
      this.#elsewhere ||= this.#size !== undefined && size > this.#size;
      if (size === 0) {
        // New, or deleted or emptied since: everything has to be said again.
        fchmodSync(file, 0o600);
        this.#newName = true;
        this.#pending = this.#allLines();
      }
      if (this.#pending.length > 0) this.#write(file, size > 0 && !endsLine(file, size));
      return file;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  #allLines(): readonly string[] {
    const { id, createdAt, secrets } = this.#file;
    return [
      headerLine(id, createdAt),
      ...(this.#title === undefined ? [] : [titleLine(this.#title)]),
      ...this.#tree.all.map((stored) => messageLine(stored, secrets)),
      ...(this.#keptTip === this.#tree.all.at(-1)?.id ? [] : [headLine(this.#keptTip)]),
    ];
  }

  /** One write for all of it. When the disk stops in the middle, the lines it took whole are done. */
  #write(file: number, afterTornLine: boolean): void {
    const lines = afterTornLine ? ['\n', ...this.#pending] : this.#pending;
    const bytes = Buffer.from(lines.join(''));
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(file, bytes, written);
    } finally {
      this.#pending = linesAfter(lines, written).filter((line) => line !== '\n');
      this.#size = fstatSync(file).size;
    }
  }
}

function linesAfter(lines: readonly string[], writtenBytes: number): readonly string[] {
  let end = 0;
  const first = lines.findIndex((line) => {
    end += Buffer.byteLength(line);
    return end > writtenBytes;
  });
  return first === -1 ? [] : lines.slice(first);
}

/**
 * Another process in the middle of its write looks like a torn line too; the line feed then waits for the end of
 * that write and makes an empty line, which means nothing.
 */
function endsLine(file: number, size: number): boolean {
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] === 0x0a;
}

function flushToDisk(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}

async function flushFolder(path: string): Promise<void> {
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    await flushToDisk(folder);
  } catch (error) {
    // Windows has no such thing as flushing a folder, and some network disks refuse it.
    if (!hasCode(error, 'EISDIR', 'EPERM', 'EINVAL', 'EACCES', 'ENOTSUP')) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}
