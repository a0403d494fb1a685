/** Times one turn. */

import type { Usage } from '../core/message.ts';
import type { TurnEvent } from '../core/turn-event.ts';

export interface Timing {
  readonly usage: Usage;
  /** From the question to its end, tools and waits for the person included. */
  readonly elapsedMs: number;
  /** From the question to the first word or thought, without waits for the person; undefined when none came. */
  readonly firstWordMs: number | undefined;
  /** From the first delta of each round to its end: tools and waiting do not count for the speed. */
  readonly writingMs: number;
  /** In tokens: what the last request held, with its answer; undefined when the server does not count. */
  readonly contextTokens: number | undefined;
}

export interface TurnMeter {
  /** @returns the timing, at the end of the turn */
  take(event: TurnEvent): Timing | undefined;
}

/** @param now  monotonic milliseconds; the turn begins now */
export function createTurnMeter(now: () => number): TurnMeter {
  const startMs = now();
  let firstWordMs: number | undefined;
  let roundMs: number | undefined;
  /** Since when the person is asked. */
  let askedMs: number | undefined;
  let personMs = 0;
  let writingMs = 0;
  let contextTokens: number | undefined;

  function endRound(): void {
    if (roundMs !== undefined) writingMs += now() - roundMs;
    roundMs = undefined;
  }

  return {
    take(event) {
      if (askedMs !== undefined) personMs += now() - askedMs;
      askedMs = event.type === 'approval' ? now() : undefined;
      switch (event.type) {
        case 'text-delta':
        case 'reasoning-delta':
          roundMs ??= now();
          firstWordMs ??= roundMs - startMs - personMs;
          return undefined;
        case 'message': {
          const { message } = event.message;
          if (message.role !== 'assistant') return undefined;
          endRound();
          contextTokens = tokensOf(message.usage) ?? contextTokens;
          return undefined;
        }
        case 'turn-end':
          endRound();
          return { usage: event.usage, elapsedMs: now() - startMs, firstWordMs, writingMs, contextTokens };
        case 'tool-start':
        case 'tool-end':
        case 'notice':
        case 'approval':
        case 'item':
          return undefined;
        default:
          return event satisfies never;
      }
    },
  };
}

function tokensOf(usage: Usage | undefined): number | undefined {
  if (usage?.promptTokens === undefined) return undefined;
  return usage.promptTokens + (usage.completionTokens ?? 0);
}

/** Undefined when the server does not count, or the answer came at once. */
export function tokensPerSecond({ usage, writingMs }: Pick<Timing, 'usage' | 'writingMs'>): number | undefined {
  const { completionTokens = 0 } = usage;
  if (completionTokens < 2 || writingMs < shortestMs) return undefined;
  return completionTokens / (writingMs / 1000);
}

const shortestMs = 100;
