/** A free answer: markdown, printed block by block while it arrives. */

import { type Block, createBlockSplitter } from '../terminal/blocks.ts';
import { createHighlighter } from '../terminal/code/highlighter.ts';
import { openFence } from '../terminal/open-fence.ts';
import { createSanitizer, sanitize } from '../terminal/sanitize.ts';
import type { Look } from './look.ts';
import { drawBlock } from './source.ts';
import type { Passage } from './state.ts';
import { endsPart, type TurnPart } from './turn-part.ts';

export interface Answer extends TurnPart {
  /** The rest, when nothing more will come. */
  end(): readonly Passage[];
}

/** @param after  the unfinished answer that this one goes on with, as it was written */
export function createAnswer(look: () => Look, after = ''): Answer {
  const highlighter = createHighlighter();
  let sanitizer = createSanitizer();
  let splitter = createBlockSplitter();
  let begun = false;
  /** What the text begins in, until there is some. */
  let opening = openFence(sanitize(after));

  const passages = (blocks: readonly Block[]): readonly Passage[] =>
    blocks.flatMap((block) => {
      const lines = drawBlock(block, look(), 'whole');
      if (lines.length === 0) return [];
      const apart = !begun;
      begun = true;
      return [{ apart, lines }];
    });

  /** Without colours nothing has to wait for the grammars. */
  function coloured(blocks: readonly Block[]): readonly Block[] {
    const { theme, source } = look();
    return theme.plain || source === true ? highlighter.end(blocks) : highlighter.take(blocks);
  }

  function end(): readonly Passage[] {
    const rest = passages(highlighter.end([...splitter.push(sanitizer.end()), ...splitter.end()]));
    sanitizer = createSanitizer();
    splitter = createBlockSplitter();
    begun = false;
    return rest;
  }

  return {
    end,
    show(event) {
      if (event.type !== 'text-delta') return endsPart(event) ? end() : [];
      const text = opening + event.text;
      opening = '';
      return passages(coloured(splitter.push(sanitizer.push(text))));
    },
    tail() {
      const blocks = highlighter.tail(splitter.tail());
      return blocks.length === 0 ? undefined : { kind: 'answer', first: !begun, blocks };
    },
  };
}
