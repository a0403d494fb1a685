import { type SafeText, safe } from '../../terminal/safe.ts';

/**
 * The language by its letters, for the `lang` attribute: one and the same Han character is drawn in another form in
 * Chinese, Japanese and Korean. '' is HTML's word for a language that is not known.
 */
export function languageIn(text: string): SafeText {
  const count = (letters: RegExp): number => text.match(letters)?.length ?? 0;
  const hangul = count(/\p{Script=Hangul}/gu);
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(/\p{Script=Han}/gu);
  if ((hangul + kana + han) * 4 <= count(/\p{L}/gu)) return safe``;
  if (hangul >= Math.max(kana, han)) return safe`ko`;
  return kana > 0 ? safe`ja` : safe`zh`;
}
