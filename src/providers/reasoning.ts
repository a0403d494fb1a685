/**
 * Thinking, told apart from the answer: by the field it comes in, or by the tags around it.
 *
 *     {"delta":{"reasoning_content":"The user…"}}     DeepSeek, llama.cpp, Xinference, older vLLM
 *     {"delta":{"reasoning":"The user…"}}             OpenRouter, Groq, Ollama, newer vLLM
 *     {"delta":{"content":"<think>The user…"}}        nobody separated it
 */

import { isJsonObject, type Json, type JsonObject, nonEmptyString } from '../core/json.ts';

const fields = ['reasoning_content', 'reasoning', 'reasoning_text', 'thinking'] as const;

/** The reasoning of one delta. The first field that has some counts: some servers send the same text in two. */
export function reasoningOf(delta: JsonObject): string {
  for (const field of fields) {
    const text = nonEmptyString(delta[field]);
    if (text !== undefined) return text;
  }
  return textOfDetails(delta.reasoning_details);
}

/** OpenRouter: a list of `{type: "reasoning.text", text}` and `{type: "reasoning.summary", summary}`. */
function textOfDetails(details: Json | undefined): string {
  if (!Array.isArray(details)) return '';
  return details
    .map((detail) =>
      isJsonObject(detail) ? (nonEmptyString(detail.text) ?? nonEmptyString(detail.summary) ?? '') : '',
    )
    .join('');
}

export interface Piece {
  readonly type: 'text-delta' | 'reasoning-delta';
  readonly text: string;
}

const openTags = ['<think>', '<thinking>', '<thought>'];
const closeTags = ['</think>', '</thinking>', '</thought>'];

/**
 * Separates `<think>…</think>` at the beginning of an answer; tags may be cut anywhere between deltas. Later in
 * the answer the tags are text: someone may be writing about them.
 *
 * A `</think>` that was never opened cannot be recognised after the fact, when the thought has been shown as text.
 * With `startsInThought` the answer is therefore taken for a thought from its start; when no `</think>` comes, it
 * was the answer after all, and is given again as text, so that nothing is lost.
 */
export class ThinkSplitter {
  #state: 'start' | 'thought' | 'after-thought' | 'text' = 'start';
  #startsInThought: boolean;
  #held = '';
  /** The presumed thought, until a tag proves that it was one. */
  #presumed: string | undefined;

  constructor(startsInThought = false) {
    this.#startsInThought = startsInThought;
  }

  /** The server separates by itself (a reasoning field came): an answer without tags is text. */
  trustFields(): void {
    this.#startsInThought = false;
  }

  push(text: string): Piece[] {
    this.#held += text;
    const pieces: Piece[] = [];
    while (this.#step(pieces)) {}
    return pieces;
  }

  /** @param isWhole  the model stopped by itself: a presumed thought without an end was the answer */
  end(isWhole: boolean): Piece[] {
    const pieces: Piece[] = [];
    const isThought = this.#state === 'thought';
    if (this.#state !== 'after-thought')
      this.#take(pieces, isThought ? 'reasoning-delta' : 'text-delta', this.#held.length);
    if (isThought && isWhole && this.#presumed !== undefined) pieces.push({ type: 'text-delta', text: this.#presumed });
    this.#state = 'text';
    this.#held = '';
    this.#presumed = undefined;
    return pieces;
  }

  /** One move of the machine; false when it needs more text. */
  #step(pieces: Piece[]): boolean {
    switch (this.#state) {
      case 'start':
        return this.#start();
      case 'thought':
        return this.#readThought(pieces);
      case 'after-thought':
        this.#held = this.#held.trimStart();
        if (this.#held === '') return false;
        this.#state = 'text';
        return true;
      case 'text':
        this.#take(pieces, 'text-delta', this.#held.length);
        return false;
    }
  }

  #start(): boolean {
    const text = this.#held.trimStart();
    if (text === '' || openTags.some((tag) => tag.length > text.length && tag.startsWith(text))) return false;
    const tag = openTags.find((candidate) => text.startsWith(candidate));
    if (tag !== undefined) {
      this.#state = 'thought';
      this.#held = text.slice(tag.length).trimStart();
    } else if (this.#startsInThought && !/^[{[]/.test(text)) {
      this.#state = 'thought';
      this.#presumed = '';
    } else this.#state = 'text';
    return true;
  }

  #readThought(pieces: Piece[]): boolean {
    const tag = closeTags
      .map((text) => ({ text, at: this.#held.indexOf(text) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (tag === undefined) {
      this.#take(pieces, 'reasoning-delta', this.#held.length - heldBack(this.#held));
      return false;
    }
    this.#take(pieces, 'reasoning-delta', tag.at);
    this.#held = this.#held.slice(tag.text.length);
    this.#presumed = undefined;
    this.#state = 'after-thought';
    return true;
  }

  #take(pieces: Piece[], type: Piece['type'], length: number): void {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    if (text === '') return;
    if (type === 'reasoning-delta' && this.#presumed !== undefined) this.#presumed += text;
    pieces.push({ type, text });
  }
}

/** How many characters at the end may be the beginning of a close tag. */
function heldBack(text: string): number {
  const at = text.lastIndexOf('<');
  if (at < 0) return 0;
  const tail = text.slice(at);
  return closeTags.some((tag) => tag.startsWith(tail)) ? tail.length : 0;
}
