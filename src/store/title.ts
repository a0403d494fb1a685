/** A conversation's title until somebody gives it one: how its first prompt begins. */

const maxGraphemes = 60;
/** Even a family emoji is one grapheme; this much text holds 60 of any. */
const maxCodeUnits = 1200;

/** One line, at most 60 characters as people count them, a longer prompt ending in an ellipsis. */
export function titleFrom(prompt: string): string {
  const line = prompt
    .trimStart()
    .slice(0, maxCodeUnits)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= maxGraphemes) return line;
  const kept = firstGraphemes(line);
  return kept.length === line.length ? line : `${kept.trimEnd()}…`;
}

function firstGraphemes(line: string): string {
  // The segmenter takes 9 ms to load, a third of a one-shot start; plain ASCII does not need it.
  if (/^[ -~]*$/.test(line)) return line.slice(0, maxGraphemes);
  let kept = '';
  let count = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(line)) {
    if (count++ === maxGraphemes) break;
    kept += segment;
  }
  return kept;
}
