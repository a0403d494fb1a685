/** Fields a server wants back with the message it answered; kept as they came, joined where they were streamed. */

import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';

/**
 * OpenRouter's `reasoning_details`: streamed piece by piece, to be sent back whole and unchanged. Consecutive
 * pieces of one block (same type and index) are joined; a signature comes with the last of them.
 */
export class ReplayCollector {
  readonly #details: JsonObject[] = [];

  push(delta: JsonObject): void {
    if (!Array.isArray(delta.reasoning_details)) return;
    for (const piece of delta.reasoning_details as readonly Json[]) {
      if (!isJsonObject(piece)) continue;
      const last = this.#details.at(-1);
      const isContinuation = last !== undefined && last.type === piece.type && last.index === piece.index;
      if (isContinuation && piece.type !== 'reasoning.encrypted') this.#details.splice(-1, 1, join(last, piece));
      else this.#details.push(piece);
    }
  }

  finish(): JsonObject | undefined {
    return this.#details.length === 0 ? undefined : { reasoning_details: this.#details };
  }
}

function join(first: JsonObject, second: JsonObject): JsonObject {
  const given = Object.entries(second).filter(([, value]) => value !== null);
  const joined: Record<string, Json | undefined> = { ...first, ...Object.fromEntries(given) };
  for (const field of ['text', 'summary']) {
    const [a, b] = [first[field], second[field]];
    if (typeof a === 'string') joined[field] = a + (typeof b === 'string' ? b : '');
  }
  return joined;
}
