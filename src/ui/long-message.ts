/** A long message as the transcript shows it: its beginning. The person has just pasted the rest. */

export interface Beginning {
  readonly text: string;
  /** What of the message is not in it. */
  readonly more: { readonly count: number; readonly of: 'lines' | 'characters' } | undefined;
}

/** Up to here a message is shown whole. */
const longestLines = 40;
const longest = 4000;
const shownLines = 10;
const shownLength = 1000;

export function beginningOf(text: string): Beginning {
  const head = text.split('\n', longestLines + 1);
  if (head.length <= longestLines && text.length <= longest) return { text, more: undefined };
  // Half a character at the end is no character.
  const shown = head
    .slice(0, shownLines)
    .join('\n')
    .slice(0, shownLength)
    .replace(/[\ud800-\udbff]$/, '');
  const rest = text.slice(shown.length);
  const lines = rest.split('\n').length - 1;
  return { text: shown, more: lines > 1 ? { count: lines, of: 'lines' } : { count: rest.length, of: 'characters' } };
}
