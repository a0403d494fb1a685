/** In normal mode the caret stands on a grapheme: never behind the last one of a line, unless the line is empty. */

import { lineStart, previousGrapheme, snap } from '../boundaries.ts';

export function onGrapheme(text: string, caret: number): number {
  const at = snap(text, Math.max(0, caret));
  const isBehind = at === text.length || text[at] === '\n';
  return isBehind && at !== lineStart(text, at) ? previousGrapheme(text, at) : at;
}
