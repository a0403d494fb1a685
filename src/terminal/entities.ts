import type { SafeText } from './safe.ts';
import { sanitize } from './sanitize.ts';

/** Those that models write; the rest of HTML's 2231 would only be weight. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  rarr: '→',
  larr: '←',
};

/** Text with its character references resolved: `&lt;`, `&#39;`. Unknown names stay as they are. */
export function decodeEntities(text: string): SafeText {
  return sanitize(resolveReferences(text));
}

/** The same, not made safe: a numeric reference can spell any control. */
export function resolveReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
    const codePoint = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '\ufffd';
  });
}
