/**
 * The answer on a terminal: markdown, block by block as each is finished. What is unfinished is drawn too where the
 * cursor may be moved; elsewhere it waits, and the output is append-only.
 */

import { type Block, createBlockSplitter } from '../terminal/blocks.ts';
import { createHighlighter } from '../terminal/code/highlighter.ts';
import { createLiveTail } from '../terminal/live-tail.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { type SafeText, safe } from '../terminal/safe.ts';
import { createSanitizer } from '../terminal/sanitize.ts';
import { createTheme, type ThemeOptions } from '../terminal/theme.ts';
import type { Verbatim } from '../terminal/width.ts';
import type { AnswerWriter } from './answer.ts';
import type { Output } from './output.ts';

export interface MarkdownAnswerOptions extends ThemeOptions {
  /** Width of the terminal in cells, asked each time something is drawn. */
  readonly columns: () => number;
  /** Without it the cursor never moves and a block is drawn when it is finished. */
  readonly screen?: { readonly rows: () => number; readonly reflows: boolean };
  /** The terminal understands OSC 8. */
  readonly hyperlinks?: boolean;
}

export function markdownAnswer(
  out: Output,
  { columns, screen, hyperlinks = false, ...colours }: MarkdownAnswerOptions,
): AnswerWriter {
  const theme = createTheme(colours);
  const highlighter = createHighlighter();
  const live = createLiveTail(screen?.reflows);
  let sanitizer = createSanitizer();
  let splitter = createBlockSplitter();

  const draw = (blocks: readonly Block[], verbatim: Verbatim): readonly SafeText[] =>
    blocks.flatMap((block) => renderBlock(block, { columns: columns(), theme, hyperlinks, verbatim }));

  async function show(final: readonly Block[], tail: readonly Block[]): Promise<void> {
    if (screen !== undefined) {
      const size = { columns: columns(), rows: screen.rows() };
      const text = live.draw(draw(final, 'whole'), draw(tail, 'cut'), size);
      if (text !== '') await out.write(text);
      return;
    }
    for (const line of draw(final, 'whole')) await out.write(safe`${line}\n`);
  }

  return {
    write(delta) {
      const blocks = splitter.push(sanitizer.push(delta));
      const ready = theme.plain ? blocks : highlighter.take(blocks);
      return show(ready, screen === undefined ? [] : highlighter.tail(splitter.tail()));
    },
    pause: () => show([], []),
    async end() {
      await show(highlighter.end([...splitter.push(sanitizer.end()), ...splitter.end()]), []);
      sanitizer = createSanitizer();
      splitter = createBlockSplitter();
    },
  };
}
