/** The beginning of a text, with `…` behind it where something is left out. Half a surrogate pair becomes U+FFFD. */
export function cutText(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters).toWellFormed()}…`;
}
