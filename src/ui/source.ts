/** An answer as the model wrote it: markdown with its marks. */

import type { Block } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { renderSource } from '../terminal/markdown-source.ts';
import type { SafeText } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { type Verbatim, wrapVerbatim } from '../terminal/width.ts';
import type { Look } from './look.ts';
import { inPassages } from './passages.ts';
import type { Passage } from './state.ts';

/** The lines of a block, rendered or as written. @param verbatim  `whole` for what is printed for good */
export function drawBlock(block: Block, look: Look, verbatim: Verbatim = 'cut'): readonly SafeText[] {
  const options = { ...look, verbatim };
  return look.source === true ? renderSource(block, options) : renderBlock(block, options);
}

export function sourcePassages(text: string, { columns }: Look): readonly Passage[] {
  return text === '' ? [] : inPassages(wrapVerbatim(sanitize(text.trimEnd()), { columns, verbatim: 'whole' }));
}
