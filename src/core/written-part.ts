/**
 * A message and what is attached behind it: `<file path="a.ts">` or `<stdin>`, its text, the closing tag, each after an
 * empty line.
 */

import { fileMentions } from './file-mentions.ts';

/** The paths of the files behind what `writtenPart` returns. */
export function attachedPaths(text: string): readonly string[] {
  const behind = text.slice(writtenPart(text).length);
  return attachmentsOf(behind).flatMap(({ path }) => (path === undefined ? [] : [path]));
}

/**
 * A message as the person wrote it, to be written anew: without the files that it mentions, which are read again when it
 * is sent. What else is attached stays: it could not be had back.
 */
export function writtenPart(text: string): string {
  const attached = attachmentsOf(text);
  const mentions = fileMentions(text.slice(0, attached[0]?.index));
  let written = text;
  for (const { path, index } of attached.toReversed()) {
    if (!mentions.some((mention) => mention.path === path || mention.bare === path)) break;
    written = text.slice(0, index);
  }
  return written;
}

/** A message to be looked at: what is attached is named, not shown. */
export function withAttachmentsNamed(text: string): string {
  const attached = attachmentsOf(text);
  const names = attached.map(({ name }) => `\n[${name}]`);
  return text.slice(0, attached[0]?.index) + names.join('');
}

interface Attachment {
  readonly index: number;
  /** As its tag has it: `file path="a.ts"`, `stdin`. */
  readonly name: string;
  /** Undefined for stdin. */
  readonly path: string | undefined;
}

/** In order. What is closed is followed by the next one or by nothing, so that tags inside of a file end none. */
function attachmentsOf(text: string): readonly Attachment[] {
  const all = /\n\n<(file path="([^"\n]*)"|stdin)>\n[\s\S]*?\n<\/(?:file|stdin)>(?=\n\n<(?:file path="|stdin>)|$)/g;
  return [...text.matchAll(all)].map(({ index, 1: name = '', 2: path }) => ({ index, name, path }));
}
