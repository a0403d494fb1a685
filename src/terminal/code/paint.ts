import { markSafe, type SafeText } from '../safe.ts';
import type { Theme } from '../theme.ts';
import { graphemes } from '../width.ts';
import type { CodeToken } from './token.ts';

/** One line in colours. Its tokens are pieces of text that was safe. A character that two of them share is the first one's. */
export function paintLine(tokens: readonly CodeToken[], theme: Theme): SafeText {
  return markSafe(
    wholeCharacters(tokens)
      .map(({ text, role }) => (role === undefined ? text : theme.syntax[role](markSafe(text))))
      .join(''),
  );
}

/** Grammars look at UTF-16 units and may cut an emoji or a syllable in two: a character is its first token's. */
export function wholeCharacters(tokens: readonly CodeToken[]): readonly CodeToken[] {
  const line = tokens.map(({ text }) => text).join('');
  if (/^[\x20-\x7e\t]*$/.test(line)) return tokens;
  let index = 0;
  let tokenEnd = tokens[0]?.text.length ?? 0;
  let position = 0;
  const whole: { text: string; role: CodeToken['role'] }[] = tokens.map(({ role }) => ({ text: '', role }));
  for (const grapheme of graphemes(line)) {
    while (position >= tokenEnd && index < tokens.length - 1) {
      index += 1;
      tokenEnd += tokens[index]?.text.length ?? 0;
    }
    const token = whole[index];
    if (token !== undefined) token.text += grapheme;
    position += grapheme.length;
  }
  return whole.filter(({ text }) => text !== '');
}
