/** An answer as the model wrote it: markdown with its marks. */

import type { Block } from '../terminal/blocks.ts';
import { renderBlock } from '../terminal/markdown.ts';
import { renderSource } from '../terminal/markdown-source.ts';
import type { SafeText } from '../terminal/safe.ts';
import { sanitize } from '../terminal/sanitize.ts';
import { wrapExactly } from '../terminal/width.ts';
import type { Look } from './look.ts';
import { inPassages } from './passages.ts';
import type { Passage } from './state.ts';

/** The lines of a block, rendered or as written. */
export function drawBlock(block: Block, look: Look): readonly SafeText[] {
  return look.source === true ? renderSource(block, look.columns) : renderBlock(block, look);
}

export function sourcePassages(text: string, { columns }: Look): readonly Passage[] {
  return text === '' ? [] : inPassages(wrapExactly(sanitize(text.trimEnd()), columns));
}
