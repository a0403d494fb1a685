/** Type-to-filter: each word that was written has to be in the text, its letters in order. The closest come first. */

/** Equally close ones keep their order. @param textOf  only its first 300 letters count */
export function matching<Item>(query: string, items: readonly Item[], textOf: (item: Item) => string): readonly Item[] {
  const words = fold(query)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return items;
  return items
    .flatMap((item) => {
      const distance = distanceOf(words, fold(textOf(item).slice(0, longestText)));
      return distance === undefined ? [] : [{ item, distance }];
    })
    .sort((a, b) => a.distance - b.distance)
    .map(({ item }) => item);
}

/** For comparing what looks the same: in one case, composed. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

const longestText = 300;

function distanceOf(words: readonly string[], text: string): number | undefined {
  let sum = 0;
  for (const word of words) {
    const distance = wordDistance(word, text);
    if (distance === undefined) return undefined;
    sum += distance;
  }
  return sum;
}

/** At the beginning, where a word begins, inside one, scattered. */
function wordDistance(word: string, text: string): number | undefined {
  const at = text.indexOf(word);
  if (at === 0) return 0;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 2 : 1;
  const span = shortestSpan(word, text);
  return span === undefined ? undefined : 3 + span - word.length;
}

function shortestSpan(word: string, text: string): number | undefined {
  let shortest: number | undefined;
  for (let start = text.indexOf(word[0] ?? ''); start !== -1; start = text.indexOf(word[0] ?? '', start + 1)) {
    let end = start + 1;
    for (const letter of word.slice(1)) {
      end = text.indexOf(letter, end) + 1;
      // What is not found from here is not found from further on.
      if (end === 0) return shortest;
    }
    shortest = Math.min(shortest ?? end - start, end - start);
  }
  return shortest;
}
