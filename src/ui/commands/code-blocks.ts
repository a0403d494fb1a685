/** The fenced code of an answer, as `/copy code` takes it. */

/** In the order of the text, each with its last line feed; a fence that is never closed reaches to the end. */
export function codeBlocks(markdown: string): readonly string[] {
  const blocks: string[] = [];
  let open: { readonly fence: string; readonly indent: number; readonly lines: string[] } | undefined;
  for (const line of markdown.split(/\r?\n/)) {
    if (open === undefined) {
      const [, blanks = '', fence] = /^([\s>]*)(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? [];
      if (fence !== undefined) open = { fence, indent: blanks.length, lines: [] };
    } else if (closes(line, open.fence)) {
      blocks.push(textOf(open.lines));
      open = undefined;
    } else {
      open.lines.push(withoutIndent(line, open.indent));
    }
  }
  if (open !== undefined) blocks.push(textOf(open.lines));
  return blocks.filter((block) => block !== '');
}

function closes(line: string, fence: string): boolean {
  const bare = line.replace(/^[\s>]*/, '').trimEnd();
  return bare.length >= fence.length && bare === (fence[0] ?? '').repeat(bare.length);
}

/** Code in a list or a quote is indented as far as its fence. */
function withoutIndent(line: string, indent: number): string {
  const blanks = /^[\s>]*/.exec(line.slice(0, indent))?.[0].length ?? 0;
  return line.slice(blanks);
}

function textOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
