/**
 * Names that people give to profiles, keys and schemas, and type on a command line: no spaces, nothing that a shell
 * or a path would interpret.
 */
export function isShortName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/.test(name);
}

/** What such a name is, as the hint of an error. */
export const shortNameRule = 'up to 64 letters, digits, dots, dashes and underscores, the first a letter or digit';
