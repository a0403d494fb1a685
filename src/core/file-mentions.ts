/** Files that a person names in a message: `@src/main.ts`, or `@"two words.txt"`, at its beginning or after a blank. */

export interface FileMention {
  /** Without the sign and the quotes. */
  readonly path: string;
  /** The same without the punctuation of the sentence that it ends; equal to `path` where there is none. */
  readonly bare: string;
}

const mentions = /(?<!\S)@(?:"([^"\n]+)"|([^\s"]+))/g;

/** Whether there is one; stops at the first. */
export function mentionsFile(text: string): boolean {
  return text.search(mentions) !== -1;
}

/** In order, each path once. */
export function fileMentions(text: string): readonly FileMention[] {
  if (!text.includes('@')) return [];
  const found = new Map<string, FileMention>();
  for (const [, quoted, plain] of text.matchAll(mentions)) {
    const path = quoted ?? plain ?? '';
    found.set(path, { path, bare: plain === undefined ? path : path.replace(/[.,;:!?)\]}'’”]+$/, '') });
  }
  return [...found.values()];
}
