/** What the last answer took, for the status line: tokens, speed, cost. */

import { costOf } from '../core/cost.ts';
import type { Usage } from '../core/message.ts';
import type { Price } from '../core/profile.ts';
import type { TurnEvent } from '../core/turn-event.ts';

export interface Figures {
  /** In tokens: what the last request held, with its answer. */
  readonly contextTokens: number | undefined;
  readonly tokensPerSecond: number | undefined;
  /** From the question to the first word, of the answer or its reasoning. */
  readonly firstWordMs: number | undefined;
  /** Of all turns of the conversation since the REPL began, where the profile has prices. */
  readonly cost: number | undefined;
  /** They are about this conversation. */
  readonly conversationId: string;
}

export type TurnFigures = Pick<Figures, 'contextTokens' | 'tokensPerSecond' | 'firstWordMs'> & {
  readonly usage: Usage;
};

export interface Meter {
  /** @returns the figures, at the end of the turn */
  take(event: TurnEvent): TurnFigures | undefined;
}

/** @param now  monotonic milliseconds; the turn begins now */
export function createMeter(now: () => number): Meter {
  const startMs = now();
  let firstWordMs: number | undefined;
  /** Tools and waiting do not count for the speed: only from the first delta of a round to its end. */
  let roundMs: number | undefined;
  let writingMs = 0;
  let contextTokens: number | undefined;

  function endRound(): void {
    if (roundMs !== undefined) writingMs += now() - roundMs;
    roundMs = undefined;
  }

  return {
    take(event) {
      switch (event.type) {
        case 'text-delta':
        case 'reasoning-delta':
          roundMs ??= now();
          firstWordMs ??= roundMs - startMs;
          return undefined;
        case 'message': {
          const { message } = event.message;
          if (message.role !== 'assistant') return undefined;
          endRound();
          contextTokens = tokensOf(message.usage) ?? contextTokens;
          return undefined;
        }
        case 'turn-end': {
          endRound();
          const { completionTokens } = event.usage;
          const isMeasured = completionTokens !== undefined && completionTokens > 1 && writingMs > 0;
          const tokensPerSecond = isMeasured ? completionTokens / (writingMs / 1000) : undefined;
          return { contextTokens, tokensPerSecond, firstWordMs, usage: event.usage };
        }
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

/** The last answer says nothing of what comes next: it was stopped or failed, or another model answers now. The cost stays. */
export function withoutLast({ cost, conversationId }: Figures): Figures {
  return { contextTokens: undefined, tokensPerSecond: undefined, firstWordMs: undefined, cost, conversationId };
}

/** @param status  of the conversation that the turn belongs to */
export function addFigures(
  before: Figures | undefined,
  { usage, ...turn }: TurnFigures,
  { conversationId, price }: { readonly conversationId: string; readonly price?: Price | undefined },
): Figures {
  const earlier = before?.conversationId === conversationId ? before : undefined;
  const cost = costOf(usage, price);
  return {
    ...turn,
    contextTokens: turn.contextTokens ?? earlier?.contextTokens,
    cost: cost === undefined ? earlier?.cost : cost + (earlier?.cost ?? 0),
    conversationId,
  };
}
