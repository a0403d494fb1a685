/**
 * About how many tokens a text has, for servers that do not say: a token is some four letters of ASCII, and about one
 * character of anything else. Real counts are up to a third off either way.
 */
export function estimateTokens(text: string): number {
  let ascii = 0;
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 128) ascii++;
  return Math.ceil(ascii / 4 + (text.length - ascii));
}
