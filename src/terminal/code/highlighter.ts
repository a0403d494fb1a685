/**
 * A stage between the splitter and the screen: colours fenced code line by line, as it comes. What is still open at
 * the end of a line (a comment, a template) is read again before the next one, up to a bound, so that the cost of a
 * line does not grow with the code above it.
 */

import type { Block, CodeBlock } from '../blocks.ts';
import { languagesNow, loadLanguages } from './load-languages.ts';
import type { CodeToken } from './token.ts';

export interface Highlighter {
  /**
   * The blocks that may be drawn for good now, code with its tokens. While the grammars load, blocks from the
   * first code on are held; they come with a later call, or with `end`.
   */
  take(blocks: readonly Block[]): readonly Block[];
  /** What may still change: what is held, then these. Nothing is consumed. */
  tail(blocks: readonly Block[]): readonly Block[];
  /** The rest. The next text starts anew. */
  end(blocks: readonly Block[]): readonly Block[];
}

/** In UTF-16 units. What is open longer than this is read on from how it began. */
const maxOpen = 2048;
/** A longer line is data, not code that somebody reads. */
const maxLine = 1024;
/** So is this much without a space; some grammars take quadratic time over it (230 ms for 4 KiB of `_a_a`). */
const unbroken = /\S{161}/;

interface FenceState {
  readonly language: string;
  /** Lines that the next one has to be read with. */
  open: string;
}

export function createHighlighter(): Highlighter {
  let held: readonly Block[] = [];
  let fence: FenceState | undefined;

  function colour(block: Block): Block {
    if (block.kind !== 'code') return block;
    fence = stateOf(block, fence);
    const coloured = readBlock(block, fence);
    if (block.closes) fence = undefined;
    return coloured;
  }

  function drain(blocks: readonly Block[]): readonly Block[] {
    const ready = [...held, ...blocks].map(colour);
    held = [];
    return ready;
  }

  return {
    take(blocks) {
      if (languagesNow() === undefined && [...held, ...blocks].some(hasCode)) {
        // It never rejects; the blocks are taken up by the next call.
        void loadLanguages();
        held = [...held, ...blocks];
        return [];
      }
      return drain(blocks);
    },
    tail(blocks) {
      let state = fence && { ...fence };
      return [...held, ...blocks].map((block) => {
        if (block.kind !== 'code') return block;
        state = stateOf(block, state);
        return readBlock(block, state);
      });
    },
    end(blocks) {
      const rest = drain(blocks);
      fence = undefined;
      return rest;
    },
  };
}

/** Also a fence inside an item or a quote. */
function hasCode(block: Block): boolean {
  return block.kind === 'code' ? block.language !== '' : /^[ \t>]*(?:```|~~~)/m.test(block.source);
}

function stateOf(block: CodeBlock, state: FenceState | undefined): FenceState {
  return block.opens || state === undefined ? { language: languageOf(block.language), open: '' } : state;
}

/** ```` ```TypeScript title="a.ts" ```` and `{.python}` name a language too. */
export function languageOf(info: string): string {
  return (/[\w+#-]+/.exec(info)?.[0] ?? '').toLowerCase();
}

function readBlock(block: CodeBlock, state: FenceState): CodeBlock {
  const lines = readLines(block.source, state);
  return lines === undefined ? block : { ...block, lines };
}

/** Moves the state on. @returns undefined when the language is not known, or the grammars are not loaded */
export function readLines(source: string, state: FenceState): readonly (readonly CodeToken[])[] | undefined {
  const languages = languagesNow();
  if (languages === undefined || languages === 'none' || !languages.knowsLanguage(state.language)) {
    return undefined;
  }
  const { readCode } = languages;
  const lines = source === '' ? [] : source.slice(0, -1).split('\n');
  return lines.map((line) => {
    if (line.length > maxLine || unbroken.test(line)) return [{ text: line, role: undefined }];
    const code = `${state.open}${line}\n`;
    const reading = readCode(state.language, code);
    if (reading === undefined) return [{ text: line, role: undefined }];
    const tokens = withoutFirst(reading.tokens, state.open.length, line.length);
    if (reading.atRoot) state.open = '';
    else if (code.length <= maxOpen) state.open = code;
    return tokens;
  });
}

/** The tokens that lie behind the first `skipped` units, as far as `length` goes. */
function withoutFirst(tokens: readonly CodeToken[], skipped: number, length: number): readonly CodeToken[] {
  const kept: CodeToken[] = [];
  let position = -skipped;
  for (const { text, role } of tokens) {
    const part = text.slice(Math.max(0, -position), Math.max(0, length - position));
    position += text.length;
    if (part !== '') kept.push({ text: part, role });
  }
  return kept;
}
