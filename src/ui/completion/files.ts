/** Files as candidates, for `@` in a message and for the commands that take a path. */

import { fold, matching } from '../picker/match.ts';
import type { Candidate, Offer, OfferContext } from './candidate.ts';

/** @param written  `@src/ma` or `@"two wo` */
export async function mentionCandidates(
  actions: OfferContext['actions'],
  written: string,
): Promise<readonly Candidate[]> {
  const paths = await pathsFor(actions, written.replace(/^@"?/, ''));
  return paths.map((path) => {
    const isFolder = path.endsWith('/');
    const quoted = /[\s"]/.test(path) ? `@"${path}${isFolder ? '' : '"'}` : `@${path}`;
    return { value: isFolder ? quoted : `${quoted} `, detail: '' };
  });
}

/** What begins so in its folder; where nothing does, what has these letters anywhere below. */
async function pathsFor(actions: OfferContext['actions'], typed: string): Promise<readonly string[]> {
  const level = await actions.listFiles(typed);
  if (typed === '' || level.some((path) => fold(path).startsWith(fold(typed)))) return level;
  return matching(typed, await actions.listTree(), (path) => path).slice(0, mostFound);
}

const mostFound = 100;

/** For a command whose argument is the path of a file, blanks and all; quotes around it are kept. */
export async function offerFiles({ actions, argument }: OfferContext): Promise<Offer> {
  const [quote = ''] = /^["']/.exec(argument) ?? [];
  const paths = await actions.listFiles(argument.slice(quote.length));
  const candidates = paths.map((path) => ({ value: `${quote}${path}${path.endsWith('/') ? '' : quote}`, detail: '' }));
  return { from: 0, candidates };
}
