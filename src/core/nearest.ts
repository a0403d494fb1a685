/** Words ordered by how little they differ from one that was not found. */

/** All of `candidates`, nearest first; equally near ones keep their order. */
export function nearestFirst(word: string, candidates: readonly string[]): string[] {
  return measure(word, candidates).map(({ candidate }) => candidate);
}

/** At most `limit` candidates that differ from `word` in no more than a third of its letters. */
export function nearest(word: string, candidates: readonly string[], limit: number): string[] {
  const allowed = Math.ceil(Math.min(word.length, longest) / 3);
  return measure(word, candidates)
    .filter(({ distance }) => distance <= allowed)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

/** A command line or a model can send a megabyte; no name has that. */
const longest = 100;

function measure(word: string, candidates: readonly string[]): { candidate: string; distance: number }[] {
  const typed = word.slice(0, longest).toLowerCase();
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau's distance, restricted). */
function editDistance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= to.length; column++) {
      const replaced = at(row - 1, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swapped = isSwap ? at(row - 2, column - 2) + 1 : replaced;
      current.push(Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, replaced, swapped));
    }
  }
  return at(from.length, to.length);
}
