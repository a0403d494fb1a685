/** Reasoning: printed line by line under one head, or, folded, as one line when it is over. */

import { type SafeText, safe } from '../terminal/safe.ts';
import { createSanitizer, sanitize } from '../terminal/sanitize.ts';
import type { Look } from './look.ts';
import { inPassages } from './passages.ts';
import type { Passage } from './state.ts';
import { reasoningHead, reasoningLines, reasoningSummary } from './transcript.ts';
import { endsPart, type TurnPart } from './turn-part.ts';

/** A line that does not end is cut, so the tail stays small. In UTF-16 units. */
const longestLine = 4096;

/** @param now  monotonic milliseconds; without it the summary names no time */
export function createReasoning(look: () => Look, now?: () => number): TurnPart {
  let sanitizer = createSanitizer();
  let line: SafeText = safe``;
  /** Came while it was folded; printed if it is opened before the end. */
  let held: string[] = [];
  let words = createWordCount();
  let begun = false;
  let startMs: number | undefined;

  function passages(text: string): readonly Passage[] {
    const lines = reasoningLines(sanitize(text), look());
    if (!begun && text.trim() === '') return [];
    const apart = !begun;
    begun = true;
    return [{ apart, lines: apart ? [reasoningHead(look()), ...lines] : lines }];
  }

  function push(delta: string): readonly Passage[] {
    startMs ??= now?.();
    const clean = sanitizer.push(delta);
    words.add(clean);
    if (look().folded === true) {
      // Also the row that stood open when it was folded: below the notice of that it would be half a line.
      held.push(line, clean);
      line = safe``;
      return [];
    }
    return take(clean);
  }

  function take(clean: string): readonly Passage[] {
    const text = line + held.join('') + clean;
    held = [];
    const lineEnd = text.lastIndexOf('\n');
    const cut = text.length - lineEnd > longestLine ? text.length : lineEnd + 1;
    line = sanitize(text.slice(cut));
    return cut === 0 ? [] : passages(text.slice(0, cut).replace(/\n$/, ''));
  }

  function end(): readonly Passage[] {
    const folds = look().folded === true && words.count > 0;
    const text = folds ? '' : line + held.join('') + sanitizer.end();
    const rest = text.trim() === '' ? [] : passages(text);
    const seconds = startMs === undefined || now === undefined ? undefined : (now() - startMs) / 1000;
    const summary = folds ? [{ apart: !begun, lines: [reasoningSummary(words.count, seconds, look())] }] : [];
    sanitizer = createSanitizer();
    line = safe``;
    held = [];
    words = createWordCount();
    begun = false;
    startMs = undefined;
    return [...rest, ...summary];
  }

  return {
    show(event) {
      if (event.type === 'reasoning-delta') return push(event.text);
      return endsPart(event) ? end() : [];
    },
    tail() {
      if (look().folded === true && words.count > 0) return { kind: 'folded', first: !begun, words: words.count };
      return line === '' ? undefined : { kind: 'reasoning', first: !begun, line };
    },
  };
}

/** A whole reasoning, after it. */
export function reasoningPassages(text: string, look: Look): readonly Passage[] {
  if (text.trim() === '') return [];
  return inPassages([reasoningHead(look), ...reasoningLines(sanitize(text.trimEnd()), look)]);
}

/** Words as spaces cut them, over deltas that may cut anywhere. */
function createWordCount(): { readonly count: number; add(text: string): void } {
  let count = 0;
  let inWord = false;
  return {
    get count() {
      return count;
    },
    add(text) {
      if (text === '') return;
      count += text.match(/\S+/g)?.length ?? 0;
      if (inWord && /^\S/.test(text)) count -= 1;
      inWord = /\S$/.test(text);
    },
  };
}
