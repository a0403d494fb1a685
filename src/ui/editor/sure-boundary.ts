/**
 * A place between two graphemes that can be told from the two characters beside it (UAX #29), so that in a line of a
 * megabyte nothing has to be read from its start. Most places are; flags are counted, and joined ones are passed over.
 */

/** Joins nothing before it, unless that reaches out: no mark, no vowel or tail of a Korean syllable, no skin, no flag. */
const begins =
  /^(?![\u0e33\u0eb3\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7ff\u{16d63}-\u{16d6a}\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}])[\p{L}\p{N}\p{P}\p{S}\p{Zs}]$/u;

/** May join what follows: marks and joiners, signs made to stand before something, the head of a Korean syllable. */
const reachesOut =
  /^[\p{M}\p{Cf}\p{Cs}\u0d4e\u1100-\u115f\ua960-\ua97c\u{111c2}\u{111c3}\u{113d1}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]$/u;

/** In UTF-16 units. Marks in thousands on one letter are nobody's text. */
const longestLook = 1024;

/** The nearest at or before an offset, which may be anywhere; undefined when there is none near. */
export function sureBoundary(text: string, from: number): number | undefined {
  for (let at = Math.min(from, text.length); at >= Math.max(0, from - longestLook); ) {
    if (at === 0 || text[at - 1] === '\n') return at;
    const start = isFlagLetter(text, at) ? flagsStart(text, at) : at;
    const before = characterBefore(text, start);
    if (start < at || isFlagLetter(text, at)) {
      // Two letters are a flag.
      if (!reachesOut.test(before)) return start + Math.floor((at - start) / 4) * 4;
    } else if (at < text.length && begins.test(characterAt(text, at)) && !reachesOut.test(before)) {
      return at;
    }
    at = start - before.length;
  }
  return undefined;
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function characterBefore(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : pair.slice(-1);
}

/** U+1F1E6 to U+1F1FF. */
function isFlagLetter(text: string, at: number): boolean {
  const low = text.charCodeAt(at + 1);
  return text.charCodeAt(at) === 0xd83c && low >= 0xdde6 && low <= 0xddff;
}

function flagsStart(text: string, at: number): number {
  let start = at;
  while (start >= 2 && isFlagLetter(text, start - 2)) start -= 2;
  return start;
}
