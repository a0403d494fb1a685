/** Files that a person names in a message: `@src/main.ts`, or `@"two words.txt"`, at its beginning or after a blank. */

export interface FileMention {
  /** Without the sign and the quotes. */
  readonly path: string;
  /** The same without the punctuation of the sentence that it ends; equal to `path` where there is none. */
  readonly bare: string;
}

/** In order, each path once. */
export function fileMentions(text: string): readonly FileMention[] {
  if (!text.includes('@')) return [];
  const found = new Map<string, FileMention>();
  for (const [, quoted, plain] of text.matchAll(/(?<!\S)@(?:"([^"\n]+)"|([^\s"]+))/g)) {
    const path = quoted ?? plain ?? '';
    found.set(path, { path, bare: plain === undefined ? path : path.replace(/[.,;:!?)\]}'’”]+$/, '') });
  }
  return [...found.values()];
}

/** A name in a conversation (`@user`, `@Injectable`) is no file that is missed; `@notes.txt` and `@src/main` are. */
export function looksLikePath({ bare }: FileMention): boolean {
  return /[./\\]/.test(bare) && !/[(){}<>=;]/.test(bare);
}
