import type { CodeRole } from './roles.ts';

/** A piece of code that is one thing: a keyword, a string. */
export interface CodeToken {
  readonly text: string;
  /** Undefined for what has no colour of its own: punctuation, most names. */
  readonly role: CodeRole | undefined;
}
