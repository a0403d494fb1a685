/** A block of markdown as it was written, in lines for a terminal. */

import type { Block } from './blocks.ts';
import { type SafeText, safe } from './safe.ts';
import { wrapExactly } from './width.ts';

/** None wider than `columns`; the empty line that sets it apart from the block before comes first. */
export function renderSource(block: Block, columns: number): readonly SafeText[] {
  const gap = block.gap ? [safe``] : [];
  if (block.kind !== 'code') return [...gap, ...wrapExactly(block.source, columns)];
  return [
    ...gap,
    ...(block.opens ? wrapExactly(safe`\`\`\`${block.language}`, columns) : []),
    ...(block.source === '' ? [] : wrapExactly(block.source, columns).slice(0, -1)),
    ...(block.closes ? [safe`\`\`\``] : []),
  ];
}
