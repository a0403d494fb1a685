/** Files of the working directory in the REPL: their names for Tab, their text for the message that names them. */

import { type Dirent, type Stats, statSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ChatError } from '../core/error.ts';
import { type FileMention, looksLikePath } from '../core/file-mentions.ts';
import { plural } from '../core/plural.ts';
import { hasCode, systemCode, systemWords } from '../store/storage-error.ts';
import type { Attached, FileKind } from '../ui/actions.ts';
import { madeFolders } from './file-tree.ts';

export interface FileAccess {
  /** What relative paths start from. */
  readonly folder: string;
  /** What `~/` stands for. */
  readonly home: string;
}

/** Of all files of one message: more fits no model. */
const maxBytes = 1024 * 1024;
const maxListed = 1000;

/** As in `ReplActions`. Hidden files only when the name begins with a dot; none for a folder that cannot be read. */
export async function listFiles(path: string, access: FileAccess): Promise<readonly string[]> {
  const [, typed = '', begun = ''] = /^(.*[/\\])?([^/\\]*)$/s.exec(path) ?? [];
  if (path.includes('\0')) return [];
  const folder = locate(typed === '' ? '.' : typed, access);
  // Of a folder with more files than are listed those that are meant must not be missing.
  const fits = (name: string): boolean => name.toLowerCase().startsWith(begun.toLowerCase());
  // Where nothing is written yet, what a person wrote comes before what a program made.
  const rank = (entry: Dirent): number =>
    begun !== '' ? 0 : !entry.isDirectory() ? 0 : madeFolders.has(entry.name) ? 2 : 1;
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const shown = entries
      .filter(({ name }) => begun.startsWith('.') || !name.startsWith('.'))
      // A line end or a quote in a name has no way to be written.
      .filter(({ name }) => !/[\n"]/.test(name))
      .sort((a, b) => Number(fits(b.name)) - Number(fits(a.name)) || rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
      .slice(0, maxListed);
    return await Promise.all(
      shown.map(async (entry) => {
        const leadsIn = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(join(folder, entry.name))));
        return `${typed}${entry.name}${leadsIn ? '/' : ''}`;
      }),
    );
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

/** As in `ReplActions`. */
export async function attachFiles(
  text: string,
  named: readonly FileMention[],
  access: FileAccess & { readonly signal: AbortSignal },
): Promise<Attached> {
  const blocks: string[] = [];
  const notes: string[] = [];
  const missing = new Set<string>();
  let room = maxBytes;
  for (const mention of named) {
    if (access.signal.aborted) throw new ChatError({ kind: 'aborted' });
    const found = await find(mention, access);
    if (found === undefined) {
      if (looksLikePath(mention)) missing.add(mention.bare);
      continue;
    }
    if (found.kind !== 'file') {
      notes.push(`${found.path} is ${found.kind}, so it stays a name`);
      continue;
    }
    const content = decode(found.path, await readUpTo(found.path, room, access));
    room -= Buffer.byteLength(content);
    const body = content.replace(/\n+$/, '');
    const lines = body === '' ? 0 : body.split('\n').length;
    notes.push(`attached ${found.path}, ${plural(lines, 'line')}`);
    blocks.push(`\n\n<file path="${found.path}">\n${body}\n</file>`);
  }
  if (missing.size > 0) notes.push(missingWords([...missing]));
  return { text: text + blocks.join(''), notes };
}

/** As in `ReplActions`. */
export function kindOfFile(path: string, access: FileAccess): FileKind | undefined {
  if (path === '' || path.includes('\0')) return undefined;
  try {
    return kindOf(statSync(locate(path, access)));
  } catch (error) {
    if (isNothing(error)) return undefined;
    // It is there, and reading it will say what is wrong with it.
    if (systemCode(error) !== undefined) return 'file';
    throw error;
  }
}

const mostNamed = 3;

function missingWords(paths: readonly string[]): string {
  const [first = ''] = paths;
  if (paths.length === 1) return `${first} is not there, so it stays a name`;
  const more = paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : '';
  return `${paths.slice(0, mostNamed).join(', ')}${more} are not there, so they stay names`;
}

interface Named {
  readonly path: string;
  readonly kind: FileKind;
}

/** As it is written, or else without the punctuation behind it; undefined when there is no such file. */
async function find({ path, bare }: FileMention, access: FileAccess): Promise<Named | undefined> {
  for (const name of path === bare ? [path] : [path, bare]) {
    if (name === '' || name.includes('\0')) continue;
    try {
      const found = await stat(locate(name, access));
      return { path: name, kind: kindOf(found) };
    } catch (error) {
      if (isNothing(error)) continue;
      throw unusable(name, error);
    }
  }
  return undefined;
}

function kindOf(found: Stats): FileKind {
  return found.isFile() ? 'file' : found.isDirectory() ? 'a folder' : 'no ordinary file';
}

/** Nothing there, a file where a folder should be, a name no file can have: it was no file that was meant. */
function isNothing(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG');
}

/** The size that the system reports is not trusted: a log grows, and files of /proc have none. */
async function readUpTo(path: string, room: number, access: FileAccess): Promise<Buffer> {
  const bytes = Buffer.alloc(room + 1);
  let length = 0;
  try {
    const file = await open(locate(path, access));
    try {
      for (let count = -1; count !== 0 && length < bytes.length; length += count) {
        count = (await file.read(bytes, length, bytes.length - length)).bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unusable(path, error);
  }
  if (length <= room) return bytes.subarray(0, length);
  const what = `${path} cannot be attached: the files of a message may have 1 MiB together`;
  throw new ChatError({ kind: 'usage', what, hint: 'paste the part that matters' });
}

function decode(path: string, bytes: Buffer): string {
  const refuse = (why: string): ChatError =>
    new ChatError({
      kind: 'usage',
      what: `${path} cannot be attached: ${why}`,
      hint: `in backticks, \`@${path}\` stays a name`,
    });
  if (bytes.includes(0)) throw refuse('it is no text');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw refuse('it is not UTF-8 text');
    throw error;
  }
}

function unusable(path: string, error: unknown): unknown {
  if (systemCode(error) === undefined) return error;
  return new ChatError({ kind: 'usage', what: `${path} cannot be attached: ${systemWords(error)}` });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

function locate(path: string, { folder, home }: FileAccess): string {
  return resolve(folder, path.replace(/^~(?=[/\\]|$)/, home));
}
