/**
 * Regular expressions and whole computations that end. V8 has no time limit for a regular expression, and one such
 * as `^(a+)+$` can take longer than the universe has existed. A script run by node:vm with a timeout is stopped
 * wherever it is, also inside a regular expression of the code that it called. That costs 60 to 120 microseconds a
 * run, so tests that must be quick by the form of the pattern and the length of the text are run without it.
 */

import { type Context, createContext, Script } from 'node:vm';
import { ChatError } from '../core/error.ts';

export type TimedRun<T> = { readonly ok: true; readonly value: T } | { readonly ok: false };

/**
 * Runs `work` and returns what it returned, or `ok: false` when it was stopped after `limitMs` milliseconds. What it
 * throws is thrown. It must be synchronous and leave nothing half done that matters afterwards.
 */
export function runWithin<T>(limitMs: number, work: () => T): TimedRun<T> {
  room ??= createContext(Object.create(null));
  let value: TimedRun<T> = { ok: false };
  room.work = () => {
    value = { ok: true, value: work() };
  };
  try {
    callWork.runInContext(room, { timeout: limitMs, displayErrors: false });
    return value;
  } catch (error) {
    if (isTimeout(error)) return { ok: false };
    throw error;
  }
}

let room: Context | undefined;
const callWork = new Script('work()');

/** By its code: the error may be an Error of the other context. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

export interface TimedPattern {
  readonly source: string;
  /** 'too-slow' after one second, on a text of any length. */
  readonly test: (text: string) => boolean | 'too-slow';
}

/** How long one regular expression may take on one text. */
export const patternLimitMs = 1000;

/**
 * A regular expression that has to match the whole of a text.
 * @param source  of a JavaScript regular expression, without slashes
 * @throws ChatError kind 'usage' when it is none
 */
export function createPattern(source: string): TimedPattern {
  // Alone first: `a)(b` would be balanced by the brackets around it.
  toRegExp(source);
  return timePattern(source, toRegExp(`^(?:${source})$`));
}

/** @throws ChatError kind 'usage' when `source` is no regular expression */
export function createSearch(source: string): TimedPattern {
  return timePattern(source, toRegExp(source));
}

/** @param safeLength  texts up to this length are tested without a limit */
export function timeTest(test: (text: string) => boolean, safeLength: number): TimedPattern['test'] {
  return (text) => {
    if (text.length <= safeLength) return test(text);
    const run = runWithin(patternLimitMs, () => test(text));
    return run.ok ? run.value : 'too-slow';
  };
}

function timePattern(source: string, pattern: RegExp): TimedPattern {
  return { source, test: timeTest((text) => pattern.test(text), safeLength(source)) };
}

/** Many patterns escape more than the u flag allows, such as `\-` outside of a class: they are read without it. */
function toRegExp(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch {
    try {
      return new RegExp(source);
    } catch (error) {
      // V8: "Invalid regular expression: /(/: Unterminated group".
      const said = (error instanceof Error ? error.message : String(error)).replace(/^.*: (?=[^:]+$)/su, '');
      const what = `${JSON.stringify(source)} is no regular expression: ${said}`;
      throw new ChatError({ kind: 'usage', what }, { cause: error });
    }
  }
}

/** Steps of the matcher that take a few milliseconds. */
const harmlessSteps = 1_000_000;

/**
 * The length of text up to which a pattern takes a harmless number of steps whatever the text. Each loop multiplies
 * the steps by the length, as does the search for a beginning; each option and alternative may double them; a loop
 * around a group is taken to be exponential.
 */
function safeLength(source: string): number {
  const plain = source.replace(/\\./gsu, 'x').replace(/\[[^\]]*\]/g, 'x');
  const loops = count(plain, /[*+{]/g);
  const choices = count(plain, /\||(?<![(*+}])\?/g);
  const steps = harmlessSteps / 2 ** choices;
  const length = Math.floor(steps ** (1 / (loops + 1)));
  return /\)[*+{]/.test(plain) ? Math.min(length, 12) : length;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
