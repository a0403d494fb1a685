/** Choosing among fixed words, the same way for each command: a list where there is a screen, or the word itself. */

import { ChatError } from '../../core/error.ts';
import type { Offer } from '../completion/candidate.ts';
import type { CommandContext } from './command.ts';

/** Each word with its meaning, which may be ''. */
export type Words<Word extends string> = Readonly<Record<Word, string>>;

export interface WordChoice<Word extends string> {
  /** What is chosen, as in `Theme: `. */
  readonly noun: string;
  readonly words: Words<Word>;
  /** Which is in use. */
  readonly current: Word;
}

/** @throws ChatError kind 'usage' for another word, 'aborted' when the person leaves the list */
export async function chooseWord<Word extends string>(
  { noun, words, current }: WordChoice<Word>,
  { argument, signal, pick }: Pick<CommandContext, 'argument' | 'signal' | 'pick'>,
): Promise<Word> {
  const isWord = (text: string): text is Word => Object.hasOwn(words, text);
  const choices = Object.entries<string>(words).map(([value, detail]) => ({
    ...{ value, title: value, detail },
    current: value === current,
  }));
  const word = argument === '' ? await pick({ noun, choices, signal }) : argument.toLowerCase();
  if (word !== undefined && isWord(word)) return word;
  const all = Object.keys(words);
  throw new ChatError({
    kind: 'usage',
    what: `unknown: ${argument}; ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`,
  });
}

export function offerWords(words: Words<string>): Offer {
  return { from: 0, candidates: Object.entries(words).map(([value, detail]) => ({ value, detail })) };
}
