/** The fenced code of an answer, as `/copy code` takes it. */

import { closesFence, type Fence, readFence } from '../../terminal/markdown-line.ts';

/** In the order of the text, each with its last line feed; a fence that is never closed reaches to the end. */
export function codeBlocks(markdown: string): readonly string[] {
  const blocks: string[] = [];
  let open: { readonly fence: Fence; readonly indent: number; readonly lines: string[] } | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    const inside = line.slice(containerOf(line).length);
    if (open === undefined) {
      const fence = readFence(inside);
      if (fence !== undefined) open = { fence, indent: line.length - inside.length, lines: [] };
    } else if (closesFence(inside, open.fence)) {
      blocks.push(textOf(open.lines));
      open = undefined;
    } else {
      // Code in a list or a quote is indented as far as its fence.
      open.lines.push(line.slice(containerOf(line.slice(0, open.indent)).length));
    }
  }
  if (open !== undefined) blocks.push(textOf(open.lines));
  return blocks.filter((block) => block !== '');
}

/** The indent of a list, the marks of a quote. */
function containerOf(line: string): string {
  return /^[\s>]*/.exec(line)?.[0] ?? '';
}

function textOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
