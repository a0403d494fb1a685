/** A user's tool that failed, as a sentence with what it said. */

import { ChatError } from '../../core/error.ts';
import type { ChildEnd, ChildResult } from './children.ts';

/** The file's doing, not a bug here. */
export class ToolFailure extends Error {}

/**
 * How a process ended that should have done otherwise, and the end of what it printed: there a stack or a last word
 * stands.
 * @returns ChatError 'aborted' when it was stopped from here
 */
export function failureOf(result: ChildResult): ToolFailure | ChatError {
  if (result.end.kind === 'stopped') return new ChatError({ kind: 'aborted' });
  return new ToolFailure(withSaid(describeEnd(result.end), result));
}

/** `what`, and what was printed to stderr, or else to stdout. */
export function withSaid(what: string, { stdout, stderr }: ChildResult): string {
  const said = (stderr.totalBytes > 0 ? stderr : stdout).text().trim();
  if (said === '') return what;
  const cut = said.length > maxSaid ? `…${said.slice(-maxSaid)}` : said;
  return `${what}; it printed: ${cut.toWellFormed()}`;
}

const maxSaid = 2000;

function describeEnd(end: Exclude<ChildEnd, { readonly kind: 'stopped' }>): string {
  switch (end.kind) {
    case 'exited':
      return `it ended with exit code ${end.code}${end.code === 0 ? ' and without a result' : ''}`;
    case 'killed':
      return `it was ended by ${end.by}`;
    case 'flooded':
      return 'it wrote more than 64 MiB and was stopped';
    case 'unstartable':
      return `it ${end.why}`;
    case 'replied':
      return 'it answered with something else';
    default:
      return end satisfies never;
  }
}
