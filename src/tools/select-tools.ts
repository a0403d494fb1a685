/** `-T NAME`, `-T +NAME`, `-T -NAME`: which tools a turn may use. */

import { ChatError } from '../core/error.ts';
import { nearestFirst } from '../core/nearest.ts';
import type { Tool } from '../core/tool.ts';

/**
 * Bare names are the whole list; without one the list is `standard`. `+` adds to it, `-` takes away, from left to
 * right. `server__*` stands for every tool whose name begins so. Each tool comes once, in the order of `all`.
 * @throws ChatError kind 'usage' for a name that does not exist, as `noSuchTool`
 */
export function selectTools(
  all: readonly Tool[],
  words: readonly string[],
  { standard, problems = [] }: SelectOptions,
): Tool[] {
  const chosen = new Set(isWholeList(words) ? [] : standard);
  for (const word of words) {
    const name = nameIn(word);
    const tools = findTools(all, name);
    if (tools.length === 0) throw noSuchTool(all, name, problems);
    for (const tool of tools) {
      if (word.startsWith('-')) chosen.delete(tool);
      else chosen.add(tool);
    }
  }
  return all.filter((tool) => chosen.has(tool));
}

export interface SelectOptions {
  readonly standard: readonly Tool[];
  /** Why some tools are not there. */
  readonly problems?: readonly string[];
}

/** Whether the words stand for themselves, and not for a change of another list. */
export function isWholeList(words: readonly string[]): boolean {
  return words.some((word) => !/^[+-]/.test(word));
}

/** The name in a word, without its sign. */
export function nameIn(word: string): string {
  return word.replace(/^[+-]/, '');
}

/** The tool of that name, or those of `server__*`. */
export function findTools<Found extends Tool>(all: readonly Found[], name: string): readonly Found[] {
  const start = /^(.+__)\*$/.exec(name)?.[1];
  return all.filter((tool) => (start === undefined ? tool.name === name : tool.name.startsWith(start)));
}

/** Names the nearest of those there are. @param problems  why some are not there: one of them may be the tool */
export function noSuchTool(all: readonly Tool[], name: string, problems: readonly string[]): ChatError {
  const names = nearestFirst(
    name,
    all.map((tool) => tool.name),
  );
  const more = names.length > maxNamed ? `, and ${names.length - maxNamed} more` : '';
  const there = names.length === 0 ? 'there are no tools' : `there are: ${names.slice(0, maxNamed).join(', ')}${more}`;
  return new ChatError({
    kind: 'usage',
    what: `there is no tool named ${JSON.stringify(name)}`,
    hint: [there, ...problems].join('\n'),
  });
}

/** Servers can have hundreds. */
const maxNamed = 10;
