/** The answer on a terminal: markdown, drawn block by block as each is finished. Append-only: the cursor never moves. */

import { type Block, createBlockSplitter } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { safe } from '../terminal/safe.ts';
import { createSanitizer } from '../terminal/sanitize.ts';
import { type ColorLevel, createTheme } from '../terminal/theme.ts';
import type { AnswerWriter } from './answer.ts';
import type { Output } from './output.ts';

export interface MarkdownAnswerOptions {
  readonly color: ColorLevel;
  /** Width of the terminal in cells, asked for each block. */
  readonly columns: () => number;
}

export function markdownAnswer(out: Output, { color, columns }: MarkdownAnswerOptions): AnswerWriter {
  const theme = createTheme({ color });
  let sanitizer = createSanitizer();
  let splitter = createBlockSplitter();

  async function draw(blocks: readonly Block[]): Promise<void> {
    for (const block of blocks) {
      for (const line of renderBlock(block, { columns: columns(), theme, hyperlinks: false })) {
        await out.write(safe`${line}\n`);
      }
    }
  }

  return {
    write: (delta) => draw(splitter.push(sanitizer.push(delta))),
    async end() {
      await draw([...splitter.push(sanitizer.end()), ...splitter.end()]);
      sanitizer = createSanitizer();
      splitter = createBlockSplitter();
    },
  };
}
