/**
 * Why a key cannot be sent; undefined for one that can. Headers take printable ASCII, and a key that was copied
 * along with a line break or a typographic dash would be refused in ways that do not say so.
 */
export function keyFlaw(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (/[\r\n]/.test(key)) return 'has more than one line';
  if (/[^\x20-\x7e]/.test(key)) return 'has a character that no key has: it is not plain ASCII';
  return /\s/.test(key) ? 'has a space in it' : undefined;
}
