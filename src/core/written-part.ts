import { fileMentions } from './file-mentions.ts';

/** A message as the person wrote it, without the text of the files that were attached behind it. */
export function writtenPart(text: string): string {
  if (!text.endsWith('\n</file>')) return text;
  for (const { index, 1: path = '' } of text.matchAll(/\n\n<file path="([^"\n]*)">\n/g)) {
    const written = text.slice(0, index);
    if (fileMentions(written).some((mention) => mention.path === path || mention.bare === path)) return written;
  }
  return text;
}
