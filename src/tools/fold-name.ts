/** One spelling for names that differ by case, accents, width or punctuation: `São_Paulo` and `sao paulo`. */
export function foldName(name: string): string {
  return (
    name
      .normalize('NFKD')
      // Latin accents only: a kana without its sound mark is another one, and turns パリ (Paris) into バリ (Bali).
      .replace(/[\u0300-\u036f]+/g, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[øłđßæœı]/g, (letter) => plainLetters[letter] ?? letter)
      .replace(/['’.]/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  );
}

/** Letters that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
};
