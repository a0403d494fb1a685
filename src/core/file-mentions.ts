/** Files that a person names in a message: `@src/main.ts`, or `@"two words.txt"`, at its beginning or after a blank. */

export interface FileMention {
  /** Without the sign and the quotes. */
  readonly path: string;
  /** The same without the punctuation of the sentence that it ends; equal to `path` where there is none. */
  readonly bare: string;
}

const mentions = /(?<!\S)@(?:"([^"\n]+)"|([^\s"]+))/g;

/** Whether there is one that looks like a path; stops at the first, since a text may be long. */
export function mentionsPath(text: string): boolean {
  if (!text.includes('@')) return false;
  for (const found of text.matchAll(mentions)) if (looksLikePath(toMention(found))) return true;
  return false;
}

/** In order, each path once. */
export function fileMentions(text: string): readonly FileMention[] {
  if (!text.includes('@')) return [];
  const found = new Map<string, FileMention>();
  for (const match of text.matchAll(mentions)) {
    const mention = toMention(match);
    found.set(mention.path, mention);
  }
  return [...found.values()];
}

function toMention([, quoted, plain]: RegExpExecArray): FileMention {
  const path = quoted ?? plain ?? '';
  return { path, bare: plain === undefined ? path : path.replace(/[.,;:!?)\]}'’”]+$/, '') };
}

/** A name in a conversation (`@user`, `@Injectable`) is no file that is missed; `@notes.txt` and `@src/main` are. */
export function looksLikePath({ bare }: FileMention): boolean {
  return /[./\\]/.test(bare) && !/[(){}<>=;]/.test(bare);
}
