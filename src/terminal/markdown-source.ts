/** A block of markdown as it was written, in lines for a terminal. */

import type { Block } from './blocks.ts';
import { type SafeText, safe } from './safe.ts';
import { type Verbatim, wrapVerbatim } from './width.ts';

export interface SourceOptions {
  readonly columns: number;
  /** `cut` if absent. */
  readonly verbatim?: Verbatim;
}

/** The empty line that sets it apart from the block before comes first. */
export function renderSource(block: Block, options: SourceOptions): readonly SafeText[] {
  const gap = block.gap ? [safe``] : [];
  if (block.kind !== 'code') return [...gap, ...wrapVerbatim(block.source, options)];
  return [
    ...gap,
    ...(block.opens ? wrapVerbatim(safe`\`\`\`${block.language}`, options) : []),
    ...(block.source === '' ? [] : wrapVerbatim(block.source, options).slice(0, -1)),
    ...(block.closes ? [safe`\`\`\``] : []),
  ];
}
