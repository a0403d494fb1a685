import { createBlockSplitter } from '../../src/terminal/blocks.ts';
import { type MarkdownOptions, renderBlock } from '../../src/terminal/markdown.ts';
import type { SafeText } from '../../src/terminal/safe.ts';

/** The lines of a whole text, as an answer that came in one piece. */
export function renderMarkdown(source: SafeText, options: MarkdownOptions): readonly SafeText[] {
  const splitter = createBlockSplitter();
  return [...splitter.push(source), ...splitter.end()].flatMap((block) => renderBlock(block, options));
}
