/**
 * Cuts markdown that is still arriving into blocks that later text cannot change, line by line. A block is
 * drawn once and never again, so the cost of an answer does not grow with its length.
 *
 * For each delta (sanitised): draw `push(delta)` for good, then `tail()` as what may still change; at the end
 * draw `end()`. Every block goes through `renderBlock` of markdown.ts, and the lines of all blocks one after
 * another do not depend on how the text was cut into deltas.
 */

import { takeLine, takeOverlong } from './block-scan.ts';
import type { CodeToken } from './code/token.ts';
import { finish, giveCode, type Scan, startScan } from './open-block.ts';
import type { SafeText } from './safe.ts';

export type Block = MarkdownBlock | ItemBlock | CodeBlock;

/** Whole markdown for the lexer: a paragraph, heading, table, quote, rule, indented code or HTML. */
export interface MarkdownBlock {
  readonly kind: 'markdown';
  readonly source: SafeText;
  /** An empty line stands before it. */
  readonly gap: boolean;
}

/** One item of a list with all that is in it. */
export interface ItemBlock {
  readonly kind: 'item';
  readonly source: SafeText;
  /** The item's place in an ordered list, which its own source may not tell; undefined for bullets. */
  readonly number: number | undefined;
  readonly gap: boolean;
}

/**
 * Lines of fenced code, without the fences. A line of code is final when it ends, so a fence that is still
 * open comes in pieces: the first has `opens`, the last `closes`; a piece may have no lines.
 */
export interface CodeBlock {
  readonly kind: 'code';
  /** Each line with its line end, so that '' is no line and '\n' an empty one. */
  readonly source: SafeText;
  readonly language: SafeText;
  /** The same line by line, for colours; absent where they are not known (yet). */
  readonly lines?: readonly (readonly CodeToken[])[];
  readonly opens: boolean;
  readonly closes: boolean;
  readonly gap: boolean;
}

export interface BlockSplitter {
  /** The blocks that this delta finished, in order. Costs the length of the delta. */
  push(delta: SafeText): readonly Block[];
  /** The rest, as `end` would give it if the text stopped here; nothing is consumed. */
  tail(): readonly Block[];
  end(): readonly Block[];
}

export function createBlockSplitter(): BlockSplitter {
  let scan: Scan = startScan();
  let partial = '';

  function drain(): readonly Block[] {
    const finished = scan.finished;
    scan.finished = [];
    return finished;
  }

  return {
    push(delta) {
      const lines = delta.split('\n');
      const rest = lines.pop() ?? '';
      for (const line of lines) {
        takeLine(scan, takeOverlong(scan, partial + line));
        partial = '';
      }
      partial = takeOverlong(scan, partial + rest);
      giveCode(scan);
      return drain();
    },
    tail() {
      const ahead: Scan = { ...scan, open: scan.open && { ...scan.open }, finished: [] };
      if (partial !== '') takeLine(ahead, partial);
      finish(ahead);
      return ahead.finished;
    },
    end() {
      if (partial !== '') takeLine(scan, partial);
      finish(scan);
      const { finished } = scan;
      scan = startScan();
      partial = '';
      return finished;
    },
  };
}
