import { fileMentions } from './file-mentions.ts';

const attachments = /\n\n<file path="([^"\n]*)">\n/g;

/** The paths of the files behind what `writtenPart` returns; those of blocks inside of a file are among them. */
export function attachedPaths(text: string): readonly string[] {
  const behind = text.slice(writtenPart(text).length);
  return Array.from(behind.matchAll(attachments), ([, path = '']) => path);
}

/** A message as the person wrote it, without the text of the files that were attached behind it. */
export function writtenPart(text: string): string {
  if (!text.endsWith('\n</file>')) return text;
  for (const { index, 1: path = '' } of text.matchAll(attachments)) {
    const written = text.slice(0, index);
    if (fileMentions(written).some((mention) => mention.path === path || mention.bare === path)) return written;
  }
  return text;
}
