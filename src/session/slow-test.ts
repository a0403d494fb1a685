/**
 * Patterns and formats of a validation that ends: a test of a text that takes too long ends all of it, and becomes a
 * problem of the value. ajv does not tell its keywords where in the value they are, so the place is looked for after.
 */

import { isChatError } from '../core/error.ts';
import { unusable } from './schema-draft.ts';
import { type Problem, problemAt } from './schema-problem.ts';
import { createSearch, patternLimitMs, type TimedPattern, timeTest } from './timed.ts';
import { findText } from './value-survey.ts';

/** Thrown in the middle of a validation. */
export class SlowTest extends Error {
  readonly #what: string;
  readonly #text: string;

  constructor(what: string, text: string) {
    super(`${what} is too slow`);
    this.#what = what;
    this.#text = text;
  }

  /** @param value  the whole of what was validated */
  problemIn(value: unknown): Problem {
    const what = `${this.#what} takes longer than ${patternLimitMs / 1000} s on this value`;
    return { text: problemAt(findText(value, this.#text) ?? '', what), keyword: 'pattern' };
  }
}

/**
 * What ajv takes for a regular expression, with `code.regExp`: for `pattern`, `patternProperties` and all that goes
 * by them.
 * @throws ChatError kind 'usage' when `source` is no regular expression
 */
export const timedRegExp = Object.assign(
  (source: string) => {
    const test = orSlow(`its pattern ${source}`, searchIn(source));
    // ajv tells patterns apart by their text.
    return { test, toString: () => source };
  },
  { code: 'timedRegExp' },
);

function searchIn(source: string): TimedPattern['test'] {
  try {
    return createSearch(source).test;
  } catch (error) {
    throw isChatError(error) ? unusable(error.message, undefined, error) : error;
  }
}

/**
 * @param format  in any of the forms that ajv knows
 * @returns undefined for one that is not for strings, or cannot be timed
 */
export function timeFormat(name: string, format: unknown): ((text: string) => boolean) | undefined {
  const test = testOf(format);
  return test && orSlow(`its format ${name}`, timeTest(test, safeFormatLength));
}

/** The formats' own patterns are polynomial at worst, so this many characters are quick. */
const safeFormatLength = 200;

function testOf(format: unknown): ((text: string) => boolean) | undefined {
  if (format instanceof RegExp) return (text) => format.test(text);
  // Of a format that is not for numbers, a function is for strings.
  if (typeof format === 'function') return format as (text: string) => boolean;
  if (typeof format !== 'object' || format === null || !('validate' in format)) return undefined;
  if (('async' in format && format.async === true) || ('type' in format && format.type === 'number')) return undefined;
  return testOf(format.validate);
}

function orSlow(what: string, test: TimedPattern['test']): (text: string) => boolean {
  return (text) => {
    const verdict = test(text);
    if (verdict === 'too-slow') throw new SlowTest(what, text);
    return verdict;
  };
}
