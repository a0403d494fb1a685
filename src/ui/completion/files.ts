/** Files as candidates, for `@` in a message and for the commands that take a path. */

import type { Candidate, Offer, OfferContext } from './candidate.ts';

/** @param written  `@src/ma` or `@"two wo` */
export async function mentionCandidates(
  actions: OfferContext['actions'],
  written: string,
): Promise<readonly Candidate[]> {
  const paths = await actions.listFiles(written.replace(/^@"?/, ''));
  return paths.map((path) => {
    const isFolder = path.endsWith('/');
    const quoted = /[\s"]/.test(path) ? `@"${path}${isFolder ? '' : '"'}` : `@${path}`;
    return { value: isFolder ? quoted : `${quoted} `, detail: '' };
  });
}

/** For a command whose argument is the path of a file, blanks and all; quotes around it are kept. */
export async function offerFiles({ actions, argument }: OfferContext): Promise<Offer> {
  const [quote = ''] = /^["']/.exec(argument) ?? [];
  const paths = await actions.listFiles(argument.slice(quote.length));
  const candidates = paths.map((path) => ({ value: `${quote}${path}${path.endsWith('/') ? '' : quote}`, detail: '' }));
  return { from: 0, candidates };
}
