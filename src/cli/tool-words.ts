/** The words of `-T` and of a profile: names of tools, and files that are tools. */

import { isAbsolute, resolve } from 'node:path';
import { ChatError } from '../core/error.ts';
import { isWholeList, nameIn } from '../tools/index.ts';

/**
 * A file, which is told by its dot or slash, becomes `+` and its absolute path: it is added to the others.
 * @param folder  what relative paths begin at
 * @throws ChatError kind 'usage' for a file that is to be taken away
 */
export function readToolWords(words: readonly string[], folder: string): readonly string[] {
  return words.map((word) => {
    const name = nameIn(word);
    if (!/[./\\]/.test(name)) return word;
    if (!word.startsWith('-')) return `+${resolve(folder, name)}`;
    throw new ChatError({ kind: 'usage', what: `${word}: a file can be added, and is taken away by its tool's name` });
  });
}

export interface ToolNeeds {
  /** Absolute paths. */
  readonly files: readonly string[];
  /** The folder of the person's own tools has to be looked at. */
  readonly folder: boolean;
  /** Whose tools have to be known: those of MCP servers to which these names can belong, or of all. */
  readonly servers: 'none' | 'all' | readonly string[];
}

/** Where the tools come from that these words, as `readToolWords` gives them, can mean. */
export function needsOf(words: readonly string[], builtIn: readonly string[]): ToolNeeds {
  const names = words.map(nameIn);
  const files = names.filter((name) => isAbsolute(name));
  if (!isWholeList(words)) return { files, folder: true, servers: 'all' };
  const others = names.filter((name) => !isAbsolute(name) && !builtIn.includes(name));
  const foreign = others.filter((name) => name.includes('__'));
  return { files, folder: others.length > 0, servers: foreign.length > 0 ? foreign : 'none' };
}
