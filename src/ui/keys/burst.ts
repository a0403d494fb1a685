/**
 * Recognises a paste by its speed, for terminals that do not mark one: lines that come faster than anybody types must
 * not be sent by their ends. They are held until all have come, and go on as if the terminal had marked them. One line
 * with its end is taken for typing: on a slow line they do arrive together, and programs that drive a terminal
 * (tmux send-keys, expect) write just that.
 */

import { pasteEnd, pasteStart } from './parser.ts';

export interface BurstGuard {
  /** What goes on of it. @param chunk  one read, at the start of which nothing is open; @param nowMs  monotonic */
  read(chunk: string, nowMs: number): string;
  /** How long to wait for more before `flush`, in milliseconds; undefined when nothing is held. */
  waitMs(): number | undefined;
  flush(): string;
  /** The terminal marks its pastes: nothing is guessed any more. */
  off(): void;
}

/** Reads that follow each other faster than this belong together. */
const togetherMs = 10;
/** A program in between may be slow for a moment; then it is two pastes. */
const endMs = 30;
/** Typed over a slow line, a few characters come at once; an input method delivers a word or a short phrase. */
const longestTyped = 16;

const oneLine = /^[^\r\n]*(?:\r\n?|\n)$/;

export function createBurstGuard(): BurstGuard {
  let isOff = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let length = 0;
  let held: string[] = [];

  function flush(): string {
    const text = held.join('');
    held = [];
    return text === '' || oneLine.test(text) ? text : pasteStart + text + pasteEnd;
  }

  return {
    read(chunk, nowMs) {
      if (nowMs - lastMs > togetherMs) length = 0;
      lastMs = nowMs;
      length += chunk.length;
      // Keys and sequences mean what they always do.
      const isText = !/[^\P{Cc}\t\r\n]/u.test(chunk);
      const isPasted = held.length > 0 || (length > longestTyped && /[\r\n]/.test(chunk));
      if (isOff || !isText || !isPasted) return flush() + chunk;
      held.push(chunk);
      return '';
    },
    waitMs: () => (held.length > 0 ? endMs : undefined),
    flush,
    off() {
      isOff = true;
    },
  };
}
