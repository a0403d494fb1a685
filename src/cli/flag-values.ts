/** How the values of flags are read. A wrong one becomes commander's complaint about that flag. */

import { InvalidArgumentError } from 'commander';
import { type JsonObject, parseJson } from '../core/json.ts';
import { optional } from '../core/optional.ts';
import type { Price } from '../core/profile.ts';

export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}

export function collectField(value: string, earlier: JsonObject = {}): JsonObject {
  const at = value.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('It has the form name=json.');
  const text = value.slice(at + 1);
  const parsed = parseJson(text);
  // A bare word is meant as a string: `--option reasoning_effort=low`.
  return { ...earlier, [value.slice(0, at)]: parsed === undefined ? text : parsed };
}

export function number(value: string): number {
  const parsed = Number(value);
  if (value.trim() === '' || !Number.isFinite(parsed)) throw new InvalidArgumentError('It has to be a number.');
  return parsed;
}

export function count(value: string): number {
  const parsed = number(value);
  if (!Number.isSafeInteger(parsed) || parsed < 0)
    throw new InvalidArgumentError('It has to be a whole number from 0.');
  return parsed;
}

export function positive(value: string): number {
  const parsed = count(value);
  if (parsed === 0) throw new InvalidArgumentError('It has to be a whole number from 1.');
  return parsed;
}

/** `1,4` or `1,4,0.1`: sent, answered, sent again and kept by the server; `none` is no price. */
export function price(value: string): Price | 'none' {
  if (value === 'none') return 'none';
  const [prompt, completion, cached, ...more] = value.split(',').map(number);
  const isWhole = prompt !== undefined && completion !== undefined && more.length === 0;
  if (!isWhole || Math.min(prompt, completion, cached ?? 0) < 0) {
    throw new InvalidArgumentError('It has the form IN,OUT or IN,OUT,CACHED, or is none.');
  }
  return { prompt, completion, ...optional('cached', cached) };
}

export function seconds(value: string): number {
  const parsed = number(value);
  // Timers of Node wrap beyond 2^31 - 1 ms.
  if (parsed < 0 || parsed > 2_000_000)
    throw new InvalidArgumentError('It has to be a number of seconds from 0 to 2000000.');
  return parsed;
}
