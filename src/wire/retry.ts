/**
 * Whether a failed attempt is made again, and after how long. Only ever asked before the first event was
 * handed on: later, a second attempt would say things twice.
 */

import type { ChatError } from '../core/error.ts';
import { optional } from '../core/optional.ts';

/** An attempt that failed before its first event. */
export interface Failure {
  readonly error: ChatError;
  readonly advice: RetryAdvice;
}

export type RetryAdvice =
  | { readonly retry: false }
  | {
      readonly retry: true;
      /** What the server asked for; without it the wait is ours to choose. */
      readonly afterMs?: number;
      /** It is reading its model, which takes as long as it takes: only the time is limited, not the tries. */
      readonly loading?: true;
    };

/** No single wait and no sum of waits is longer; beyond it a person wants to be told, not kept. */
export const maxWaitMs = 60_000;

const busyStatuses: ReadonlySet<number> = new Set([408, 409, 425, 429, 500, 502, 503, 504, 529]);

/** 429 with one of these means an empty account: waiting does not fill it. */
const outOfCredit = /insufficient_quota|insufficient_credit|billing/i;

/**
 * Of a 503: llama.cpp "Loading model" (without Retry-After), Hugging Face "Model x is currently loading",
 * Xinference "Model is loading, please retry later". Not "Error loading model".
 */
const loadingWords = /^loading model|\b(?:is|still|currently) loading\b/i;

export interface Refusal {
  readonly status: number;
  readonly said?: string;
  /** `error.type` and `error.code` of the body, where it had them. */
  readonly type?: string | undefined;
  readonly code?: string | undefined;
  /** `x-should-retry`: OpenAI's own word on the matter; its client libraries obey it. */
  readonly told?: string | undefined;
  /** How long it asked to wait; see readRetryAfter for the headers. */
  readonly afterMs?: number | undefined;
}

export function adviseOnStatus({ status, said = '', type, code, told, afterMs }: Refusal): RetryAdvice {
  const isBusy = busyStatuses.has(status) && !outOfCredit.test(`${type} ${code}`);
  if (told === 'false' || (told !== 'true' && !isBusy)) return { retry: false };
  const loading = status === 503 && loadingWords.test(said) ? true : undefined;
  return { retry: true, ...optional('afterMs', afterMs), ...optional('loading', loading) };
}

/** Connections that died or never came about, and bodies that broke off; not what would fail the same way again. */
export function adviseOnError(error: ChatError): RetryAdvice {
  const { fault } = error;
  const isTransient =
    (fault.kind === 'network' && (fault.reason === 'reset' || fault.reason === 'connect-timeout')) ||
    (fault.kind === 'stream' && fault.reason === 'cut');
  return { retry: isTransient };
}

export interface RetryState {
  /** Retries made so far. */
  readonly made: number;
  /** Those of them that count, which is all but those of a server that was loading. */
  readonly counted: number;
  /** Their waits added up. */
  readonly waitedMs: number;
  readonly allowed: number;
}

/**
 * @param random  from 0 up to 1, to keep clients that failed together from coming back together
 * @returns the wait, or `undefined` to give up
 */
export function planWait(advice: RetryAdvice, state: RetryState, random: number): number | undefined {
  if (!advice.retry || state.allowed === 0) return undefined;
  if (advice.loading !== true && state.counted >= state.allowed) return undefined;
  const backoffMs = Math.min(500 * 2 ** state.made, 8000) * (1 - random / 4);
  // Its tries are not counted, so a server that is loading and asks for no wait at all must get one.
  const leastMs = advice.loading === true ? backoffMs : 0;
  const waitMs = Math.round(Math.max(advice.afterMs ?? backoffMs, leastMs));
  return state.waitedMs + waitMs <= maxWaitMs ? waitMs : undefined;
}

/** `5.2 s`, `3 min`, `14 days`: for a sentence. */
export function describeWait(waitMs: number): string {
  if (waitMs < 120_000) return `${Math.round(waitMs / 100) / 10} s`;
  if (waitMs < 2 * 3_600_000) return `${Math.round(waitMs / 60_000)} min`;
  return waitMs < 48 * 3_600_000 ? `${Math.round(waitMs / 3_600_000)} h` : `${Math.round(waitMs / 86_400_000)} days`;
}

/**
 * Seconds or a date (RFC 9110, 10.2.3), or OpenAI's milliseconds; what makes no sense counts as not said.
 * @param now  wall clock in milliseconds, for a date in a response that has no date of its own
 */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const inMs = readNumber(headers['retry-after-ms']);
  if (inMs !== undefined) return inMs;
  const after = headers['retry-after'];
  const inSeconds = readNumber(after);
  if (inSeconds !== undefined) return inSeconds * 1000;
  // The server's date by the server's clock, if it tells us; ours may be wrong. A date has letters, `-5` has none.
  const at = /[a-z]/i.test(after ?? '') ? Date.parse(after ?? '') : Number.NaN;
  const serverNow = Date.parse(headers.date ?? '');
  const waitMs = at - (Number.isNaN(serverNow) ? now : serverNow);
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs);
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
