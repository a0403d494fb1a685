/** What the validator's own arithmetic gets wrong or takes too long for. */

import { isJsonObject } from '../core/json.ts';

/** In decimal: 19.99 is a multiple of 0.01, although dividing one by the other leaves a rest. */
export function isMultiple(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const a = toDecimal(value);
  const b = toDecimal(divisor);
  const shift = BigInt(Math.abs(a.exponent - b.exponent));
  return a.exponent >= b.exponent
    ? (a.digits * 10n ** shift) % b.digits === 0n
    : a.digits % (b.digits * 10n ** shift) === 0n;
}

/** `digits * 10 ** exponent`, of the shortest decimal that stands for the number. */
function toDecimal(value: number): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** The first two equal items, by index; in linear time, where comparing each with each takes a day for a megabyte. */
export function findDuplicate(items: readonly unknown[]): readonly [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const key = JSON.stringify(item, sortKeys);
    const earlier = seen.get(key);
    if (earlier !== undefined) return [earlier, index];
    seen.set(key, index);
  }
  return undefined;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  // A list of entries and not an object, which would put keys such as "2" first anyway and `__proto__` nowhere.
  return { entries: Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) };
}
