/** The files below the working directory, nearer ones first, for `@` and some letters of a name. */

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../store/storage-error.ts';

export interface TreeLimits {
  readonly maxFiles: number;
  readonly maxMs: number;
}

/** A person waits for it with a finger on the key. */
const limits: TreeLimits = { maxFiles: 5000, maxMs: 150 };

/** What is made, fetched or kept by programs; hidden folders as well. */
export const madeFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'target', '__pycache__']);

/**
 * Paths with `/`, from `folder` on. Folder by folder, so that the keys get their turn; what was not reached in time is
 * missing. Folders behind links are not entered.
 * @param now  monotonic milliseconds
 */
export async function listTree(
  folder: string,
  now: () => number,
  { maxFiles, maxMs }: TreeLimits = limits,
): Promise<readonly string[]> {
  const endMs = now() + maxMs;
  const files: string[] = [];
  const folders = [''];
  for (const path of folders) {
    if (files.length >= maxFiles || now() > endMs) break;
    for (const entry of await entriesOf(join(folder, path))) {
      // A line end or a quote in a name has no way to be written.
      if (entry.name.startsWith('.') || /[\n"]/.test(entry.name)) continue;
      if (entry.isFile()) files.push(`${path}${entry.name}`);
      else if (entry.isDirectory() && !madeFolders.has(entry.name)) folders.push(`${path}${entry.name}/`);
    }
  }
  return files.slice(0, maxFiles);
}

/** None of a folder that cannot be read. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}
