/** `-T NAME`, `-T +NAME`, `-T -NAME`: which tools a turn may use. */

import { ChatError } from '../core/error.ts';
import { nearestFirst } from '../core/nearest.ts';
import type { Tool } from '../core/tool.ts';

/**
 * Bare names are the whole list; without one the list is `all`. `+` adds to it, `-` takes away, from left to right.
 * Each tool comes once, in the order of `all`.
 * @throws ChatError kind 'usage' for a name that does not exist, listing those that do, the nearest first
 */
export function selectTools(all: readonly Tool[], wanted: readonly string[]): Tool[] {
  const isList = wanted.some((word) => !/^[+-]/.test(word));
  const chosen = new Set(isList ? [] : all);
  for (const word of wanted) {
    const tool = findByName(all, word.replace(/^[+-]/, ''));
    if (word.startsWith('-')) chosen.delete(tool);
    else chosen.add(tool);
  }
  return all.filter((tool) => chosen.has(tool));
}

function findByName(all: readonly Tool[], name: string): Tool {
  const tool = all.find((candidate) => candidate.name === name);
  if (tool !== undefined) return tool;
  const names = nearestFirst(
    name,
    all.map((candidate) => candidate.name),
  );
  throw new ChatError({
    kind: 'usage',
    what: `there is no tool named ${JSON.stringify(name)}`,
    hint: names.length === 0 ? 'there are no tools' : `there are: ${names.join(', ')}`,
  });
}
