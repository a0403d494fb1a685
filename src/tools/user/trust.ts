/**
 * Whether a file is this user's own doing: nothing is described or run that somebody else could have written.
 * Root may write everything anyway, so what belongs to root is as good as one's own.
 */

import { lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export type Trusted =
  | { readonly stats: Stats; readonly problem?: undefined }
  | { readonly stats?: undefined; readonly problem: string };

export interface TrustOptions {
  /** Undefined where files have no owner: then only existence is checked. */
  readonly userId: number | undefined;
  /** Folders checked before, by path; filled here. */
  readonly folders: Map<string, string | undefined>;
}

/**
 * Follows links one by one, and checks each, the file at the end, and the folders they lie in.
 * @returns the stats of the file at the end, or why it is not trusted, about `it`
 */
export function findTrusted(path: string, options: TrustOptions): Trusted {
  const { userId } = options;
  let current = path;
  try {
    for (let links = 0; links <= maxLinks; links += 1) {
      const problem = checkFolder(dirname(current), options);
      if (problem !== undefined) return { problem: `its ${problem}` };
      const stats = lstatSync(current);
      if (isForeign(stats, userId)) return { problem: 'it belongs to somebody else' };
      if (!stats.isSymbolicLink()) {
        return isOpen(stats, userId) ? { problem: 'everybody can write it (chmod o-w)' } : { stats };
      }
      current = resolve(dirname(current), readlinkSync(current));
    }
    return { problem: 'it is a link that leads to too many others' };
  } catch (error) {
    const words = systemWords(error);
    return { problem: current === path ? words : `it is a link to ${current}: ${words}` };
  }
}

const maxLinks = 8;

/**
 * A folder where everybody may write is refused also when its sticky bit protects the file: a module or a script
 * imports what lies beside it. Above it the sticky bit is enough.
 * @returns what is wrong, to be read after `the` or `its`
 * @throws what the system throws
 */
export function checkFolder(path: string, { userId, folders }: TrustOptions): string | undefined {
  if (userId === undefined) return undefined;
  if (folders.has(path)) return folders.get(path);
  const problem = folderProblem(realpathSync(path), userId);
  folders.set(path, problem);
  return problem;
}

function folderProblem(path: string, userId: number): string | undefined {
  const stats = statSync(path);
  if (isForeign(stats, userId)) return `folder ${path} belongs to somebody else`;
  if (isOpen(stats, userId)) return `folder ${path} can be written by everybody (chmod o-w)`;
  for (let above = dirname(path), below = path; above !== below; below = above, above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & everybodyWrites) !== 0 && (mode & sticky) === 0) {
      return `folder ${path} lies below ${above}, which everybody can write`;
    }
  }
  return undefined;
}

const everybodyWrites = 0o002;
const sticky = 0o1000;

function isForeign({ uid }: Stats, userId: number | undefined): boolean {
  return userId !== undefined && uid !== userId && uid !== 0;
}

function isOpen({ mode }: Stats, userId: number | undefined): boolean {
  return userId !== undefined && (mode & everybodyWrites) !== 0;
}

/** @throws `error` itself when it does not come from the system */
export function systemWords(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  switch (error.code) {
    case 'ENOENT':
      return 'it does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'permission is denied';
    default:
      return `the system says ${error.code}`;
  }
}
