/** Damaged files: moved aside under a name that says when, never deleted. */

import { existsSync, type Stats } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { keepAs, tighten } from './private-file.ts';

/**
 * Gives the bytes of `target` a second name beside it, `settings.corrupt-20260131T120102Z.json` after the time of
 * its last change; removing or replacing the first is the caller's.
 * @returns the second name
 * @throws what the system throws
 */
export function keepAside(target: string, { mtime, mode }: Pick<Stats, 'mtime' | 'mode'>): string {
  const aside = nameAside(target, mtime);
  keepAs(target, aside);
  tighten(aside, mode);
  return aside;
}

function nameAside(target: string, changedAt: Date): string {
  const extension = extname(target);
  const stem = basename(target, extension);
  const time = `${changedAt.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  for (let copy = 1; ; copy++) {
    const path = join(dirname(target), `${stem}.corrupt-${time}${copy === 1 ? '' : `-${copy}`}${extension}`);
    if (!existsSync(path)) return path;
  }
}
