import type { Standing } from '../undo.ts';

/** What has been written at the caret of `from`; where text around it was changed as well, all that is new. */
export function writtenSince(from: Standing, { text }: Standing): string {
  const behind = from.text.length - from.caret;
  let start = commonStart(from.text, text, Math.min(from.caret, text.length));
  let same = commonEnd(from.text, text, Math.min(behind, text.length - start));
  // Half a character is none.
  if (/[\ud800-\udbff]/.test(text[start - 1] ?? '')) start -= 1;
  if (/[\udc00-\udfff]/.test(text[text.length - same] ?? '')) same -= 1;
  return text.slice(start, text.length - same);
}

function commonStart(a: string, b: string, most: number): number {
  if (a.slice(0, most) === b.slice(0, most)) return most;
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: string, b: string, most: number): number {
  if (most === 0 || a.slice(-most) === b.slice(-most)) return most;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
