/** The tool a model means by a name. */

import type { Tool } from '../core/tool.ts';

export type FoundTool =
  | { readonly tool: Tool; readonly problem?: undefined }
  | { readonly tool?: undefined; readonly problem: string };

/**
 * The exact name, or else the only tool whose name differs by case, spaces, dashes or a namespace in front:
 * models write `Get Time`, `get-time`, `functions.get_time`. `problem` is written for the model.
 */
export function findTool(name: string, tools: readonly Tool[]): FoundTool {
  const exact = tools.find((tool) => tool.name === name);
  if (exact !== undefined) return { tool: exact };

  const [similar, another] = tools.filter((tool) => plain(tool.name) === plain(name));
  if (similar !== undefined && another === undefined) return { tool: similar };

  const wrong = `there is no tool named ${JSON.stringify(name.slice(0, 64))}.`;
  if (tools.length === 0) return { problem: `${wrong} No tools are available; answer without them.` };
  return { problem: `${wrong} The tools are: ${tools.map((tool) => tool.name).join(', ')}.` };
}

function plain(name: string): string {
  return name
    .trim()
    .replace(/^.*[.:/]/s, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}
